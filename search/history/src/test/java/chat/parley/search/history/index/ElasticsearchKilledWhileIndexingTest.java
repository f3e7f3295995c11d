package chat.parley.search.history.index;

import static chat.parley.search.history.index.RecordedConversation.ANN;
import static chat.parley.search.history.index.RecordedConversation.TEA;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.engine.SearchEngine.State;
import chat.parley.search.history.index.IndexNode.Data;
import chat.parley.search.history.operator.CheckReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchKilledWhileIndexingTest {
    private static final int MESSAGES = 3_000;
    private static final Duration RESTART = Duration.ofMinutes(5);

    @Test
    void nothingIsMissingAfterwardsAndARebuildGoesOn(@TempDir Path directory) throws IOException {
        try (RealElasticsearch server = RealElasticsearch.launch(directory).awaitUp()) {
            Data data = Data.on(server);
            IntStream.range(0, MESSAGES).forEach(number -> {
                long said = data.talk().say(TEA, ANN, "message " + number);
                if (number % 7 == 0) {
                    data.talk().edit(TEA, said, "edited " + number);
                }
            });
            try (IndexNode node = new IndexNode(data)) {
                node.index.rebuilds().begin();
                Awaitility.await()
                        .atMost(IndexNode.LIMIT)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> node.meters
                                        .get("parley.search.indexed")
                                        .counter()
                                        .count()
                                > MESSAGES / 4.0);
                server.kill();
                Awaitility.await().atMost(RESTART).until(() -> node.engine.state() == State.UNAVAILABLE);
                Awaitility.await().atMost(RESTART).until(() -> node.engine.state() == State.UP);
                node.caughtUp();
                assertThat(node.ended().state()).isEqualTo(RebuildState.DONE);
                node.caughtUp();
                CheckReport report = node.index.check().of(TEA);
                assertThat(report.messages()).isEqualTo(MESSAGES);
                assertThat(report.counts()).isEmpty();
            }
        }
    }
}
