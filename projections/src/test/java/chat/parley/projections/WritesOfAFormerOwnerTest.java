package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.eventprocessing.token.SegmentClaim;
import chat.parley.projections.store.BulkWrites;
import chat.parley.projections.store.DocumentUpdate;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A process that was paused within a batch writes the rest of it after another one has claimed its segment. */
class WritesOfAFormerOwnerTest {
    private static final SegmentClaim FORMER = new SegmentClaim(0, 4);
    private static final SegmentClaim PRESENT = new SegmentClaim(0, 5);

    private final MongoCollection<Document> documents = Mongo.database().getCollection("documents");

    private void set(SegmentClaim claim, String field, int value) {
        claim.whileWriting(() ->
                BulkWrites.upsert(documents, List.of(DocumentUpdate.set("one", new Document(field, value)))));
    }

    private void replace(SegmentClaim claim, int value) {
        claim.whileWriting(() -> BulkWrites.write(
                documents,
                List.of(new ReplaceOneModel<>(
                        Filters.eq("_id", "one"),
                        new Document("_id", "one").append("v", value),
                        new ReplaceOptions().upsert(true)))));
    }

    private Document stored() {
        Document stored = documents.find(Filters.eq("_id", "one")).first();
        if (stored == null) {
            throw new AssertionError("The document is gone");
        }
        return stored;
    }

    @Test
    void doNotChangeWhatThePresentOwnerHasWritten() {
        set(FORMER, "v", 1);
        set(PRESENT, "v", 2);
        assertThatThrownBy(() -> set(FORMER, "v", 1)).isInstanceOf(MongoBulkWriteException.class);
        assertThatThrownBy(() -> replace(FORMER, 1)).isInstanceOf(MongoBulkWriteException.class);
        FORMER.whileWriting(() -> BulkWrites.write(documents, List.of(new DeleteOneModel<>(Filters.eq("_id", "one")))));
        FORMER.whileWriting(() -> assertThat(BulkWrites.once(
                                documents,
                                List.of(new UpdateOneModel<>(
                                        Filters.and(Filters.eq("_id", "one"), Filters.eq("v", 2)),
                                        new Document("$set", new Document("v", 3)))))
                        .getMatchedCount())
                .isZero());
        assertThat(stored()).containsEntry("v", 2);
    }

    @Test
    void ofThePresentOwnerGoOnAfterEachOther() {
        replace(PRESENT, 1);
        replace(PRESENT, 2);
        set(PRESENT, "v", 3);
        assertThat(stored()).containsEntry("v", 3);
        PRESENT.whileWriting(
                () -> BulkWrites.write(documents, List.of(new DeleteOneModel<>(Filters.eq("_id", "one")))));
        assertThat(documents.countDocuments()).isZero();
    }

    @Test
    void ofOneSegmentDoNotConcernThoseOfAnother() {
        set(PRESENT, "a", 1);
        set(new SegmentClaim(1, 1), "b", 2);
        set(PRESENT, "a", 3);
        assertThat(stored()).containsEntry("a", 3).containsEntry("b", 2);
    }

    @Test
    void haveNoNumbersWithOneProcess() {
        BulkWrites.upsert(documents, List.of(DocumentUpdate.set("one", new Document("v", 1))));
        assertThat(stored()).containsOnlyKeys("_id", "v");
    }
}
