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
 * Counts the contents of a generation, by name. Each count only grows with the events. So two generations that include
 * the same events have equal counts, and no count of one that includes more events is lower.
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

    /** Whether each of these counts is at least the other one. */
    static boolean cover(Map<String, Long> counts, Map<String, Long> other) {
        return other.entrySet().stream().allMatch(count -> counts.getOrDefault(count.getKey(), 0L) >= count.getValue());
    }
}
