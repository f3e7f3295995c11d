package chat.parley.projections;

import chat.parley.projections.conversation.Page;
import chat.parley.projections.conversation.PageSlot;
import chat.parley.projections.conversation.StoredEntry;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/** All documents of a generation, independent of the batches that wrote them. */
final class GenerationContents {
    private GenerationContents() {}

    static Map<String, Map<String, Document>> of(ReadModelStore store) {
        Map<String, Map<String, Document>> documents = new TreeMap<>();
        documents.put("texts", all(of(store.texts())));
        documents.put("changes", all(of(store.changes())));
        documents.put("reactions", all(of(store.reactions())));
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

    /** Removes the information about which entries were written in one batch. */
    private static Map<String, Document> entries(List<Document> pages) {
        Map<String, Document> all = new TreeMap<>();
        for (Document document : pages) {
            Page page = new Page(document);
            Document entries = new Document("first", page.firstIndex()).append("sends", page.sends());
            for (int slot = 0; slot < PageSlot.PAGE_SIZE; slot++) {
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
            // Retracted texts, the only change of a block, and former names may leave an empty document or none.
            if (document.size() > 1) {
                all.put(document.getString("_id"), document);
            }
        }
        return all;
    }

    /** Empty sub-documents that remain after removals depend on the order of batches. */
    private static void dropEmpty(Document document) {
        document.values().forEach(value -> {
            if (value instanceof Document sub) {
                dropEmpty(sub);
            }
        });
        document.values().removeIf(value -> value instanceof Document sub && sub.isEmpty());
    }
}
