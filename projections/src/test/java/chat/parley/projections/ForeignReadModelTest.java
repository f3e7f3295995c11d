package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.Installation;
import chat.parley.api.process.StartupFailure;
import chat.parley.projections.generation.StoredGenerationPointer;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A database of MongoDB that another installation or a newer version fills. */
class ForeignReadModelTest {
    private static final Installation OURS = new Installation("ours");
    private static final Installation THEIRS = new Installation("theirs");

    private final ReadSide.Data data = new ReadSide.Data();

    private void fill(int seed) {
        try (ReadSide owner = new ReadSide(data)) {
            new RandomHistory(data::publish).play(seed);
            assertThat(owner.caughtUp()).isNotNull();
        }
    }

    private Map<String, List<Document>> everything() {
        Map<String, List<Document>> all = new TreeMap<>();
        data.database
                .listCollectionNames()
                .forEach(name ->
                        all.put(name, data.database.getCollection(name).find().into(new ArrayList<>())));
        return all;
    }

    private void forgetOwner() {
        data.database.getCollection("generations").updateOne(new Document(), Updates.unset("installation"));
    }

    private void isRefused(String... problem) {
        Map<String, List<Document>> before = everything();
        assertThatThrownBy(() -> new ReadSide(data))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("The MongoDB database " + data.database.getName())
                .hasMessageContainingAll(problem)
                .hasMessageContaining("drop that database");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void isNotTouchedInAnyEpochOrFormat() {
        fill(1);
        data.installation = THEIRS;
        isRefused("another installation");
        data.epoch = new Epoch("second");
        isRefused("another installation");
        data.database.getCollection("generations").updateOne(new Document(), Updates.set("format", 1));
        isRefused("another installation");
    }

    @Test
    void ofAnEarlierVersionIsAdoptedInItsEpochOnly() {
        fill(1);
        forgetOwner();
        data.installation = THEIRS;
        data.epoch = new Epoch("second");
        isRefused("an earlier version");
        data.installation = OURS;
        data.epoch = new Epoch("first");
        fill(1);
        data.installation = THEIRS;
        isRefused("another installation");
    }

    @Test
    void ofAnEarlierVersionWithoutAnEpochIsNotAdopted() {
        fill(1);
        forgetOwner();
        data.database.getCollection("generations").updateOne(new Document(), Updates.unset("epoch"));
        isRefused("an earlier version");
    }

    @Test
    void ofANewerVersionIsNotTouchedByAnOlderOne() {
        fill(1);
        data.database
                .getCollection("generations")
                .updateOne(new Document(), Updates.set("format", StoredGenerationPointer.FORMAT + 1));
        isRefused("a newer version", "Start the newer version");
    }

    @Test
    void isLeftByANodeThatRuns() {
        try (ReadSide node = new ReadSide(data)) {
            assertThat(node.caughtUp()).isNotNull();
            data.database
                    .getCollection("generations")
                    .updateOne(new Document(), Updates.set("installation", THEIRS.value()));
            Awaitility.await().until(() -> node.generations.findServed().isEmpty());
        }
    }
}
