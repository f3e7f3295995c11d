package chat.parley.projections;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/** All documents of a generation, whatever the batches that wrote them. */
final class Snapshot {
    private Snapshot() {}

    static Map<String, Map<String, Document>> of(ReadModelStore store) {
        return Map.of(
                "texts", all(store.texts().find().batchSize(100).into(new ArrayList<>())),
                "changes", all(store.changes().find().batchSize(100).into(new ArrayList<>())),
                "pages", entries(store.pages().find().batchSize(100).into(new ArrayList<>())),
                "inboxes", all(store.inboxes().find().batchSize(100).into(new ArrayList<>())),
                "conversations", all(store.conversations().find().batchSize(100).into(new ArrayList<>())),
                "accounts", all(store.accounts().find().batchSize(100).into(new ArrayList<>())),
                "contacts", all(store.contacts().find().batchSize(100).into(new ArrayList<>())),
                "presences", all(store.presences().find().batchSize(100).into(new ArrayList<>())),
                "opendevices", all(store.openDevices().find().batchSize(100).into(new ArrayList<>())),
                "people", all(store.people().find().batchSize(100).into(new ArrayList<>())));
    }

    /** Which entries came in one batch says nothing. */
    private static Map<String, Document> entries(List<Document> pages) {
        Map<String, Document> all = new TreeMap<>();
        for (Document document : pages) {
            Page page = new Page(document);
            Document entries = new Document("first", page.firstIndex()).append("sends", page.sends());
            for (int slot = 0; slot < PagePlace.PAGE_SIZE; slot++) {
                StoredEntry entry = page.entry(slot);
                if (entry != null) {
                    entries.append("entry " + slot, entry);
                }
            }
            all.put(document.getString("_id"), entries);
        }
        return all;
    }

    private static Map<String, Document> all(List<Document> documents) {
        Map<String, Document> all = new TreeMap<>();
        for (Document document : documents) {
            // The only change of a block may have been superseded, or may never have been written.
            dropEmpty(document);
            if (document.size() > 1 || document.getString("_id").contains(" ")) {
                all.put(document.getString("_id"), document);
            }
        }
        return all;
    }

    /** What remains of a field after all of it was removed depends on when that was. */
    private static void dropEmpty(Document document) {
        document.values().forEach(value -> {
            if (value instanceof Document sub) {
                dropEmpty(sub);
            }
        });
        document.values().removeIf(value -> value instanceof Document sub && sub.isEmpty());
    }
}
