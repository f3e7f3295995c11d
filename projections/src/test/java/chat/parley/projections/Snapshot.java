package chat.parley.projections;

import chat.parley.projections.conversation.Page;
import chat.parley.projections.conversation.PagePlace;
import chat.parley.projections.conversation.StoredEntry;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/** All documents of a generation, whatever the batches that wrote them. */
final class Snapshot {
    private Snapshot() {}

    static Map<String, Map<String, Document>> of(ReadModelStore store) {
        Map<String, Map<String, Document>> documents = new TreeMap<>();
        documents.put("texts", all(of(store.texts())));
        documents.put("changes", all(of(store.changes())));
        documents.put("pages", entries(of(store.pages())));
        documents.put("inboxes", all(of(store.inboxes())));
        documents.put("conversations", all(of(store.conversations())));
        documents.put("accounts", all(of(store.accounts())));
        documents.put("contacts", all(of(store.contacts())));
        documents.put("presences", all(of(store.presences())));
        documents.put("opendevices", all(of(store.openDevices())));
        documents.put("names", all(of(store.names())));
        documents.put("people", all(of(store.people())));
        return documents;
    }

    private static List<Document> of(MongoCollection<Document> collection) {
        return collection.find().batchSize(100).into(new ArrayList<>());
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
            dropEmpty(document);
            // A retracted text, the only change of a block or a name of before may leave an empty document behind, or
            // may
            // never have been written.
            if (document.size() > 1) {
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
