package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.search.SearchEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SearchComesLaterTest {
    private static final Path ARCHIVE =
            Path.of(Objects.requireNonNull(System.getProperty("parley.test.search-archive")));
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void andChatDoesNotWaitForIt() {
        try (ParleyServer server = ParleyServer.start(
                "parley.embedded.search-archive=" + ARCHIVE,
                "parley.embedded.binaries-dir=" + ARCHIVE.resolveSibling("unpacked"))) {
            SearchEngine engine = server.bean(SearchEngine.class);
            assertThat(engine.state()).isEqualTo(SearchEngine.State.STARTING);
            assertThat(server.newPerson().id).isNotNull();

            Awaitility.await().atMost(LIMIT).until(() -> engine.state() == SearchEngine.State.UP);
        }
    }

    @Test
    void orIsOffWithoutAnArchive() {
        assertThat(ParleyServer.shared().bean(SearchEngine.class).state()).isEqualTo(SearchEngine.State.OFF);
    }
}
