package chat.parley.projections;

import chat.parley.api.ConversationId;
import com.mongodb.client.model.Projections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/** What a batch has to know about entries of earlier batches: message ordinals, and which edits a message had. */
final class StoredPages {
    private final Map<String, Document> pages;

    private StoredPages(Map<String, Document> pages) {
        this.pages = pages;
    }

    static StoredPages load(ReadModelStore store, Set<String> pageIds) {
        return new StoredPages(
                pageIds.isEmpty()
                        ? Map.of()
                        : ReadModelStore.small(store.pages(), pageIds, Projections.include("o", "d")));
    }

    long ordinal(ConversationId conversation, long position) {
        PagePlace place = PagePlace.of(position);
        return Docs.longOf(part(conversation, place, "o"), String.valueOf(place.slot()));
    }

    List<Long> editsOf(ConversationId conversation, long position) {
        PagePlace place = PagePlace.of(position);
        Document edits = part(conversation, place, "d");
        List<Object> positions = edits.getList(String.valueOf(place.slot()), Object.class, List.of());
        return positions.stream().map(edit -> ((Number) edit).longValue()).toList();
    }

    private Document part(ConversationId conversation, PagePlace place, String field) {
        Document page = pages.get(place.pageId(conversation));
        return page == null ? new Document() : Docs.sub(page, field);
    }
}
