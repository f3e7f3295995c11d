package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.search.history.engine.RealElasticsearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Forms of a text that are equal, and signs that make a difference. */
class FindingSignsAndScriptsTest {
    private static JudgedIndex judged;
    private static JudgedIndex pairs;

    @BeforeAll
    static void fill() throws IOException {
        judged = JudgedIndex.ours(RealElasticsearch.shared().client(), "signs-and-scripts");
        judged.fill(JudgedTexts.EVERY_SCRIPT.texts(Path.of("")));
        pairs = JudgedIndex.ours(RealElasticsearch.shared().client(), "forms-of-the-same");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("arrow", "go ➡ there");
        texts.put("arrow-as-emoji", "and then ➡️ come back here, please, as soon as you can");
        texts.put("heart", "all my ❤ to you");
        texts.put("heart-as-emoji", "all my ❤️ to you");
        texts.put("thumb", "👍 from me, and from everybody else who has read the whole of it");
        texts.put("thumb-with-tone", "👍🏽 me");
        texts.put("plain-cafe", "cafe");
        texts.put("cafe", "we met at the café behind the old station and had a very long talk");
        texts.put("strasse", "strasse");
        texts.put("straße", "in der langen Straße hinter dem alten Bahnhof wohnt niemand mehr");
        texts.put("api", "API");
        texts.put("wide-api", "ＡＰＩ");
        texts.put("yolka", "ёлка");
        texts.put("elka", "елка");
        texts.put("c", "C, C and again C");
        texts.put("cpp", "most of it was written in C++, which takes its time to be compiled");
        texts.put("csharp", "C# would do as well");
        texts.put("net", "net");
        texts.put("dotnet", "in .NET this has been solved for ten years");
        texts.put("single", "山");
        texts.put("within", "富士山に登る");
        texts.put("korean-within", "북한산성에 가자");
        texts.put("korean", "저 산 너머");
        pairs.fill(texts);
    }

    @AfterAll
    static void delete() throws IOException {
        judged.delete();
        pairs.delete();
    }

    static List<JudgedQuery> judgements() throws IOException {
        return JudgedQuery.read(JudgedTexts.EVERY_SCRIPT.judgments());
    }

    @ParameterizedTest
    @MethodSource("judgements")
    void theExpectedMessageComesFirst(JudgedQuery query) throws IOException {
        assertThat(judged.search(query.text()).stream().limit(query.relevant().size()))
                .as(query.text())
                .containsExactlyInAnyOrderElementsOf(query.relevant());
    }

    /** Independent of the lengths of messages. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "➡       | arrow arrow-as-emoji",
                "➡️      | arrow-as-emoji arrow",
                "❤       | heart heart-as-emoji",
                "❤️      | heart-as-emoji heart",
                "👍      | thumb thumb-with-tone",
                "👍🏽      | thumb-with-tone thumb",
                "cafe    | plain-cafe cafe",
                "café    | cafe plain-cafe",
                "CAFÉ    | cafe plain-cafe",
                "Straße  | straße strasse",
                "strasse | strasse straße",
                "API     | api wide-api",
                "ＡＰＩ   | wide-api api",
                "елка    | elka yolka",
                "ЁЛКА    | yolka elka",
                "C++     | cpp",
                "C#      | csharp",
                ".NET    | dotnet",
                ".net    | dotnet",
                "山      | single within",
                "산      | korean"
            })
    void theSameSpellingComesFirst(String query, String first) throws IOException {
        List<String> expected = List.of(first.split(" "));
        assertThat(pairs.search(query)).startsWith(expected.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "C -C++    | c csharp",
                "\"C++\"   | cpp",
                "\"C\" -C# -C++ | c",
                "cafe -station | plain-cafe",
                "\"➡️\" -please  | arrow",
                "\"山\"    | single within"
            })
    void exclusionsAndPhrasesMatchSigns(String query, String found) throws IOException {
        assertThat(pairs.search(query)).containsExactlyInAnyOrder(found.split(" "));
    }
}
