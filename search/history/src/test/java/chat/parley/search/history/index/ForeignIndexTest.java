package chat.parley.search.history.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.Installation;
import chat.parley.api.process.StartupFailure;
import chat.parley.eventprocessing.sharing.ReadModelOwner;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.SearchEngine.State;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** An Elasticsearch that another installation or another version fills. */
class ForeignIndexTest {
    private static final ReadModelOwner THEIRS =
            new ReadModelOwner(new Installation("theirs"), new Epoch("second"), true);

    private static final ReadModelOwner OURS = new ReadModelOwner(IndexNode.OURS, new Epoch("first"), false);

    private final IndexNode.Data data = IndexNode.Data.fresh();

    private Map<String, MessageDocument> fill() {
        try (IndexNode owner = new IndexNode(data).caughtUp()) {
            assertThat(owner.served().name()).isEqualTo("g1");
            return owner.messages();
        }
    }

    private void isRefused(String problem) {
        isRefused(problem, THEIRS);
    }

    private void isRefused(String problem, ReadModelOwner owner) {
        try (IndexNode node = new IndexNode(data, IndexNode.CURRENT, owner)) {
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .untilAsserted(
                            () -> assertThatThrownBy(() -> node.index.storage().prepare(node.engine))
                                    .isInstanceOf(StartupFailure.class)
                                    .hasMessageContaining(problem)
                                    .hasMessageContaining("delete the indexes parley-*"));
            assertThat(node.engine.state()).isEqualTo(State.STARTING);
        }
    }

    private void forgetOwner() throws IOException {
        ElasticsearchClient client = data.server().client();
        String index = data.family().generations();
        ObjectNode pointer =
                Objects.requireNonNull(client.get(get -> get.index(index).id("search"), ObjectNode.class)
                        .source());
        pointer.remove("installation");
        client.index(write -> write.index(index).id("search").document(pointer));
    }

    @Test
    void isNotTouched() {
        data.talk().say(RecordedConversation.TEA, RecordedConversation.ANN, "tea");
        Map<String, MessageDocument> before = fill();
        isRefused("another installation");
        assertThat(fill()).isEqualTo(before).isNotEmpty();
    }

    @Test
    void ofANewerVersionIsNotTouched() {
        data.talk().say(RecordedConversation.TEA, RecordedConversation.ANN, "tea");
        String newer = IndexNode.ofFormat(1001);
        Map<String, MessageDocument> before;
        try (IndexNode node = new IndexNode(data, newer).caughtUp()) {
            before = node.messages();
        }
        isRefused("a newer version of Parley", OURS);
        try (IndexNode node = new IndexNode(data, newer).caughtUp()) {
            assertThat(node.served().name()).isEqualTo("g1");
            assertThat(node.messages()).isEqualTo(before).isNotEmpty();
        }
    }

    @Test
    void ofAnEarlierVersionIsAdoptedInItsEpochOnly() throws IOException {
        data.talk().say(RecordedConversation.TEA, RecordedConversation.ANN, "tea");
        Map<String, MessageDocument> before = fill();
        forgetOwner();
        isRefused("an earlier version");
        assertThat(fill()).isEqualTo(before);
        isRefused("another installation");
    }
}
