package chat.parley.projections.store;

import chat.parley.eventprocessing.token.SegmentClaim;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Makes writes fail that come after those of a later owner of the segment: the owner before may have been paused within a
 * batch. Each document keeps the number of the newest claim under which each segment has written it. A write under an
 * earlier claim does not match, and an upsert then violates the key.
 */
final class ClaimFence {
    static final String FIELD = "claim";

    private final SegmentClaim claim;
    private final String path;

    ClaimFence(SegmentClaim claim) {
        this.claim = claim;
        this.path = FIELD + "." + claim.segment();
    }

    WriteModel<Document> guard(WriteModel<Document> write) {
        return switch (write) {
            case UpdateOneModel<Document> update ->
                new UpdateOneModel<>(guarded(update.getFilter()), marked(update), update.getOptions());
            case ReplaceOneModel<Document> replace ->
                new ReplaceOneModel<>(
                        guarded(replace.getFilter()),
                        new Document(replace.getReplacement())
                                .append(FIELD, new Document(String.valueOf(claim.segment()), claim.number())),
                        replace.getReplaceOptions());
            case DeleteOneModel<Document> delete ->
                new DeleteOneModel<>(guarded(delete.getFilter()), delete.getOptions());
            default -> throw new IllegalArgumentException("Not a write of one document");
        };
    }

    private Bson guarded(Bson filter) {
        return Filters.and(filter, Filters.not(Filters.gt(path, claim.number())));
    }

    private Document marked(UpdateOneModel<Document> update) {
        if (!(update.getUpdate() instanceof Document operators)) {
            throw new IllegalArgumentException("Not an update by operators");
        }
        Document sets = new Document(DocumentFields.sub(operators, "$set")).append(path, claim.number());
        return new Document(operators).append("$set", sets);
    }
}
