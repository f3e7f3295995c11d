package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.search.history.engine.RealElasticsearch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that are hard to search for, each in a message of its own. */
class FindingHardWordsTest {
    private static JudgedIndex index;

    @BeforeAll
    static void fill() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("minutes", "회의록을 공유했습니다. 다음 회의 일정도 보세요.");
        texts.put("shares", "삼성전자주식을 샀어요");
        texts.put("uncovered", "도수치료는 비급여라 비쌉니다");
        texts.put("covered", "이 검사는 급여로 처리됐어요");
        texts.put("shoes", "새신발 신고 나왔다");
        texts.put("lost", "우산을 잃어버렸어. 지갑은 안 잃어버렸고");
        texts.put("models", "qwen3.6이 GPT-4o를 이겼대");
        texts.put("older", "We still run qwen2.5 and GPT-4 here");
        texts.put("cluster", "k8s에 배포했는데 팟이 안 떠요");
        texts.put("link", "see https://docs.example.org/guide/Setup#step-2 please");
        texts.put("mention", "@minji_kim 확인 부탁드려요");
        texts.put("mounting", "I mounted the disk as /dev/hda1, then mounting failed with error 17");
        texts.put("versions", "linux-headers-2.6.8.1-3-686 was the fix");
        texts.put("festival", "여자 친구랑 불꽃축제 가기로 했다");
        index = JudgedIndex.ours(RealElasticsearch.shared().client(), "finding-hard-words");
        index.fill(texts);
    }

    @AfterAll
    static void delete() throws IOException {
        index.delete();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "회의          | minutes",
                "회의가        | minutes",
                "회의록        | minutes",
                "회의 일정     | minutes",
                "주식          | shares",
                "삼성전자      | shares",
                "주식 샀다     | shares",
                "비급여        | uncovered",
                "급여          | covered uncovered",
                "급여 -비급여  | covered",
                "새신발        | shoes",
                "나왔어        | shoes",
                "우산 잃어버림 | lost",
                "qwen3.6       | models",
                "GPT-4o        | models",
                "gpt-4o가      | models",
                "\"GPT-4o\"    | models",
                "k8s           | cluster",
                "\"k8s\"       | cluster",
                "K8s를         | cluster",
                "https://docs.example.org/guide/Setup#step-2 | link",
                "docs.example.org | link",
                "@minji_kim    | mention",
                "minji_kim     | mention",
                "mount         | mounting",
                "mounts        | mounting",
                "/dev/hda1     | mounting",
                "\"mounting failed with error 17\" | mounting",
                "the mounting of a disk | mounting",
                "2.6.8.1-3     | versions",
                "2.6.8.3       | ",
                "여자친구      | festival",
                "불꽃 축제     | festival",
                "\"불꽃 축제\" | "
            })
    void areFoundInTheirMessagesOnly(String query, String found) throws IOException {
        List<String> expected = found == null ? List.of() : List.of(found.split(" "));
        assertThat(index.search(query)).containsExactlyElementsOf(expected);
    }
}
