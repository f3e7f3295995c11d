package chat.parley.projections.generation;

import chat.parley.projections.store.Docs;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import java.util.List;
import org.bson.Document;

/**
 * How much a generation holds. All of these only grow with the events, so two generations that have seen the same
 * events have equal ones, and one that has seen more has none that is less.
 *
 * @param entries       entries of all conversations
 * @param accountEvents events of all accounts
 * @param contacts      people who have, or had, a contact or a request
 */
public record ModelCounts(
        long conversations,
        long entries,
        long pages,
        long inboxes,
        long accounts,
        long accountEvents,
        long contacts,
        long presenceEvents) {
    static ModelCounts of(ReadModelStore store) {
        Sum conversations = sum(store.conversations(), "h");
        Sum accounts = sum(store.accounts(), "v");
        return new ModelCounts(
                conversations.documents,
                conversations.total,
                store.pages().countDocuments(),
                store.inboxes().countDocuments(),
                accounts.documents,
                accounts.total,
                store.contacts().countDocuments(),
                sum(store.presences(), "v").total);
    }

    private record Sum(long documents, long total) {}

    private static Sum sum(MongoCollection<Document> collection, String field) {
        Document sum = collection
                .aggregate(List.of(Aggregates.group(
                        null, Accumulators.sum("documents", 1), Accumulators.sum("total", "$" + field))))
                .first();
        return sum == null ? new Sum(0, 0) : new Sum(Docs.longOf(sum, "documents"), Docs.longOf(sum, "total"));
    }

    /** Whether nothing here is less than there. */
    boolean covers(ModelCounts other) {
        return conversations >= other.conversations
                && entries >= other.entries
                && pages >= other.pages
                && inboxes >= other.inboxes
                && accounts >= other.accounts
                && accountEvents >= other.accountEvents
                && contacts >= other.contacts
                && presenceEvents >= other.presenceEvents;
    }
}
