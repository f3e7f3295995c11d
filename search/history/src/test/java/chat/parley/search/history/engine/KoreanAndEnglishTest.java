package chat.parley.search.history.engine;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.indices.analyze.AnalyzeToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the tokens that the mapping produces in a real Elasticsearch. */
class KoreanAndEnglishTest {
    private static final String INDEX = "parley-korean-and-english";
    private static final ElasticsearchClient client = RealElasticsearch.shared().client();

    @BeforeAll
    static void create() throws IOException {
        try (InputStream mapping = SearchConnection.class.getResourceAsStream("../document/messages.json")) {
            client.indices().create(index -> index.index(INDEX).withJson(mapping));
        }
    }

    @AfterAll
    static void delete() throws IOException {
        client.indices().delete(index -> index.index(INDEX));
    }

    @Test
    void particlesAreCutFromTheirNouns() throws IOException {
        assertThat(terms("text", "회의록을")).contains("회의", "록").doesNotContain("회의록을");
    }

    @Test
    void negatingPrefixesAreKeptInBigrams() throws IOException {
        assertThat(terms("text.exact", "비급여")).containsExactly("비급", "급여");
    }

    @Test
    void englishWordsAreStemmed() throws IOException {
        assertThat(terms("text", "Indexing messages")).containsExactly("index", "messag");
    }

    /** The typed query matches the sentence, exactly or by stems. */
    @ParameterizedTest
    @CsvSource({
        "qwen3.6, 어제 qwen3.6을 돌려봤어",
        "GPT-4o, GPT-4o랑 비교하면 어때?",
        "k8s, k8s 클러스터가 또 죽었다",
        "example.org/docs, see https://example.org/docs for more",
        "https://example.org/docs, https://example.org/docs 참고하세요",
        "@minsu, @minsu 이것 좀 봐줘",
        "minsu, @minsu 이것 좀 봐줘",
        "비급여, 비급여 항목은 보험이 안 돼요",
        "삼성전자, 삼성전자주식을 샀어요",
        "회의, 회의록을 공유했습니다",
        "run, it was running all night"
    })
    void wordsOfMixedTextsAreFound(String typed, String sentence) throws IOException {
        assertThat(List.of("text", "text.exact")).anySatisfy(field -> {
            assertThat(terms(field, typed)).isNotEmpty();
            assertThat(terms(field, sentence)).containsAll(terms(field, typed));
        });
    }

    /** nori looks ahead from each sign to the end of the run, so the time would grow with the square of its length. */
    @ParameterizedTest
    @ValueSource(strings = {".", "!?", ". ", "「」", "…\u200b", "=."})
    void longRunsOfPunctuationAreShortened(String punctuation) throws IOException {
        String run = punctuation.repeat(20_000);
        List<AnalyzeToken> tokens = tokens("text", "회의" + run + "meeting");

        assertThat(tokens).extracting(AnalyzeToken::token).containsExactly("회의", "meet");
        assertThat(tokens.getLast().startOffset()).isEqualTo(2 + run.length());
        assertThat(tokens.getLast().endOffset()).isEqualTo(2 + run.length() + "meeting".length());
    }

    private static List<String> terms(String field, String text) throws IOException {
        return tokens(field, text).stream().map(AnalyzeToken::token).toList();
    }

    private static List<AnalyzeToken> tokens(String field, String text) throws IOException {
        return client.indices()
                .analyze(analyze -> analyze.index(INDEX).field(field).text(text))
                .tokens();
    }
}
