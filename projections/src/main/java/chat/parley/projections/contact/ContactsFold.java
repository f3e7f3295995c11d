package chat.parley.projections.contact;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactState;
import chat.parley.projections.store.DocumentFields;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import org.bson.Document;

/**
 * Applies a batch of events to one user's contacts. Each other user is a field of its own, so that writers of different
 * segments change different fields. The events of a pair belong to one segment.
 */
final class ContactsFold {
    private final UserId user;
    private final Document before;
    private final Document sets = new Document();
    private final Document unsets = new Document();

    /** @param before the stored versions of the other users in this batch */
    ContactsFold(UserId user, Document before) {
        this.user = user;
        this.before = DocumentFields.sub(before, "c");
    }

    /** @param position position of the event in the pair's stream */
    void become(UserId other, ContactState state, long position, Instant since) {
        if (isNews(other, position)) {
            unsets.remove(path(other));
            sets.put(
                    path(other),
                    new Document("v", position).append("s", state.name()).append("t", since.toEpochMilli()));
        }
    }

    /**
     * Removes the field, so that the document stays within the limits of contacts. Repeated events may add it again
     * until they reach the end again.
     */
    void end(UserId other, long position) {
        if (isNews(other, position)) {
            sets.remove(path(other));
            unsets.put(path(other), "");
        }
    }

    private boolean isNews(UserId other, long position) {
        return position > DocumentFields.longOf(DocumentFields.sub(before, other.value()), "v");
    }

    private static String path(UserId other) {
        return "c." + other;
    }

    boolean isChanged() {
        return !sets.isEmpty() || !unsets.isEmpty();
    }

    UpdateOneModel<Document> write() {
        Document update = new Document();
        if (!sets.isEmpty()) {
            update.append("$set", sets);
        }
        if (!unsets.isEmpty()) {
            update.append("$unset", unsets);
        }
        return new UpdateOneModel<>(Filters.eq("_id", user.value()), update, new UpdateOptions().upsert(true));
    }
}
