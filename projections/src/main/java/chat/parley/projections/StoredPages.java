package chat.parley.projections;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The pages of earlier batches that a batch has to know. */
final class StoredPages {
    private final ReadModelStore store;
    private final Map<String, Page> pages = new HashMap<>();

    private StoredPages(ReadModelStore store) {
        this.store = store;
    }

    /** @param expected those that are probably asked for */
    static StoredPages load(ReadModelStore store, Set<String> expected) {
        StoredPages stored = new StoredPages(store);
        if (!expected.isEmpty()) {
            ReadModelStore.large(store.pages(), expected)
                    .forEach((id, document) -> stored.pages.put(id, new Page(document)));
        }
        return stored;
    }

    Page page(String pageId) {
        return pages.computeIfAbsent(pageId, id -> new Page(ReadModelStore.one(store.pages(), id, null)));
    }
}
