package chat.parley.projections.contact;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactState;
import chat.parley.projections.store.Docs;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import org.bson.Document;

/**
 * One user's contacts while a batch of events is applied to them. Each other person is a field of its own, so that
 * segments that write the same user do not disturb each other; its pair's events are all of one segment.
 */
final class ContactsFold {
    private final UserId user;
    private final Document before;
    private final Document sets = new Document();
    private final Document unsets = new Document();

    /** @param before the versions of the people that the batch is about */
    ContactsFold(UserId user, Document before) {
        this.user = user;
        this.before = Docs.sub(before, "c");
    }

    /** @param position of the event in its pair's stream */
    void become(UserId other, ContactState state, long position, Instant since) {
        if (isNews(other, position)) {
            unsets.remove(path(other));
            sets.put(
                    path(other),
                    new Document("v", position).append("s", state.name()).append("t", since.toEpochMilli()));
        }
    }

    /**
     * Nothing is kept of what has ended, so that a document is never larger than the limits of contacts. Events that come
     * again may bring it back, until their end has come again too.
     */
    void end(UserId other, long position) {
        if (isNews(other, position)) {
            sets.remove(path(other));
            unsets.put(path(other), "");
        }
    }

    private boolean isNews(UserId other, long position) {
        return position > Docs.longOf(Docs.sub(before, other.value()), "v");
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
