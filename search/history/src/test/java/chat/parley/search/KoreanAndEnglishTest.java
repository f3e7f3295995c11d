package chat.parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.indices.analyze.AnalyzeToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the mapping makes of a text, in the engine that will do it. */
class KoreanAndEnglishTest {
    private static final String INDEX = "korean-and-english";
    private static final ElasticsearchClient client = RealElasticsearch.shared().client();

    @BeforeAll
    static void create() throws IOException {
        try (InputStream mapping = SearchConnection.class.getResourceAsStream("index/messages.json")) {
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
    void prefixesThatNegateAreKeptInBigrams() throws IOException {
        assertThat(terms("text.exact", "비급여")).containsExactly("비급", "급여");
    }

    @Test
    void englishWordsAreTheirStems() throws IOException {
        assertThat(terms("text", "Indexing messages")).containsExactly("index", "messag");
    }

    private static List<String> terms(String field, String text) throws IOException {
        return client
                .indices()
                .analyze(analyze -> analyze.index(INDEX).field(field).text(text))
                .tokens()
                .stream()
                .map(AnalyzeToken::token)
                .toList();
    }
}
