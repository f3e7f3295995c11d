package chat.parley.projections.conversation;

import chat.parley.projections.store.ReadModelStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The stored pages, change blocks and reaction blocks that a batch needs. */
public final class StoredDocuments {
    /** For a fold of a whole conversation, which has no documents yet. */
    public static final StoredDocuments NONE = new StoredDocuments(Map.of(), Map.of(), Map.of());

    private final Map<String, Page> pages = new HashMap<>();
    private final Map<String, Document> changes;
    private final Map<String, Document> reactions;

    private StoredDocuments(
            Map<String, Document> pages, Map<String, Document> changes, Map<String, Document> reactions) {
        pages.forEach((id, document) -> this.pages.put(id, new Page(document)));
        this.changes = changes;
        this.reactions = reactions;
    }

    public static StoredDocuments load(
            ReadModelStore store, Set<String> pageIds, Set<String> changeBlockIds, Set<String> reactionBlockIds) {
        return new StoredDocuments(
                pageIds.isEmpty() ? Map.of() : ReadModelStore.large(store.pages(), pageIds),
                changeBlockIds.isEmpty() ? Map.of() : ReadModelStore.large(store.changes(), changeBlockIds),
                reactionBlockIds.isEmpty() ? Map.of() : ReadModelStore.large(store.reactions(), reactionBlockIds));
    }

    Page page(String pageId) {
        Page page = pages.get(pageId);
        if (page == null) {
            throw new IllegalStateException("There is no page " + pageId);
        }
        return page;
    }

    @Nullable
    Document changes(String blockId) {
        return changes.get(blockId);
    }

    @Nullable
    Document reactions(String blockId) {
        return reactions.get(blockId);
    }
}
