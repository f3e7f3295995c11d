package chat.parley.projections.generation;

import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * How much a generation holds, by name. All of these only grow with the events, so two generations that have seen the same
 * events have equal ones, and one that has seen more has none that is less.
 */
final class ModelCounts {
    private ModelCounts() {}

    static Map<String, Long> of(ReadModelStore store) {
        Sum conversations = sum(store.conversations(), "h");
        Sum accounts = sum(store.accounts(), "v");
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("conversations", conversations.documents);
        counts.put("entries", conversations.total);
        counts.put("pages", store.pages().countDocuments());
        counts.put("inboxes", store.inboxes().countDocuments());
        counts.put("accounts", accounts.documents);
        counts.put("accountEvents", accounts.total);
        counts.put("contacts", store.contacts().countDocuments());
        counts.put("presenceEvents", sum(store.presences(), "v").total);
        return counts;
    }

    private record Sum(long documents, long total) {}

    private static Sum sum(MongoCollection<Document> collection, String field) {
        Document sum = collection
                .aggregate(List.of(Aggregates.group(
                        null, Accumulators.sum("documents", 1), Accumulators.sum("total", "$" + field))))
                .first();
        return sum == null
                ? new Sum(0, 0)
                : new Sum(DocumentFields.longOf(sum, "documents"), DocumentFields.longOf(sum, "total"));
    }

    /** Whether none of these counts is less than the other. */
    static boolean cover(Map<String, Long> counts, Map<String, Long> other) {
        return other.entrySet().stream().allMatch(count -> counts.getOrDefault(count.getKey(), 0L) >= count.getValue());
    }
}
