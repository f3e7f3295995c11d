package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.elasticsearch.ElasticsearchBinaries;
import chat.parley.embedded.elasticsearch.EmbeddedSearch;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchArchiveTest {

    @TempDir
    Path temp;

    @Test
    void ofTheErrorMessageIsTheTestedOne() {
        assertThat(EmbeddedSearch.ARCHIVE).endsWith("/" + SearchServer.archive().getFileName());
    }

    @Test
    void thatIsMissingIsReported() {
        assertThatThrownBy(() -> ElasticsearchBinaries.unpackInto(temp, temp.resolve("none.zip")))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("no Elasticsearch archive at " + temp.resolve("none.zip"));
    }
}
