package chat.parley.projections.store;

import chat.parley.eventprocessing.token.SegmentClaim;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.bson.Document;

/** Unordered, idempotent writes in one round trip. */
public final class BulkWrites {
    private static final int DUPLICATE_KEY = 11000;
    private static final int ATTEMPTS = 3;
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private BulkWrites() {}

    /** Writes without repeating anything. */
    public static BulkWriteResult once(
            MongoCollection<Document> collection, List<? extends WriteModel<Document>> writes) {
        return collection.bulkWrite(
                SegmentClaim.current()
                        .<List<? extends WriteModel<Document>>>map(claim -> fenced(writes, claim))
                        .orElse(writes),
                UNORDERED);
    }

    private static List<WriteModel<Document>> fenced(List<? extends WriteModel<Document>> writes, SegmentClaim claim) {
        ClaimFence fence = new ClaimFence(claim);
        return writes.stream().<WriteModel<Document>>map(fence::guard).toList();
    }

    public static void upsert(MongoCollection<Document> collection, List<DocumentUpdate> updates) {
        write(collection, updates.stream().map(DocumentUpdate::upsert).toList());
    }

    public static void write(MongoCollection<Document> collection, List<? extends WriteModel<Document>> writes) {
        if (writes.isEmpty()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                once(collection, writes);
                return;
            } catch (MongoBulkWriteException e) {
                // Two segments may create the same document at the same time; one of them has to repeat its write.
                if (attempt == ATTEMPTS
                        || e.getWriteErrors().isEmpty()
                        || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                    throw e;
                }
            }
        }
    }
}
