package chat.parley.projections.inbox;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.projections.conversation.ConversationState;
import chat.parley.projections.conversation.EntryJson;
import chat.parley.projections.conversation.EntryReader;
import chat.parley.projections.conversation.EntryReader.Located;
import chat.parley.projections.conversation.Page;
import chat.parley.projections.conversation.PageSlot;
import chat.parley.projections.conversation.StoredEntry;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The newest message that each of these users may see, as it reads for the user. Members read it from the
 * conversation's document, former members from a page.
 */
final class LatestMessages {
    private final ReadModelStore store;
    private final EntryReader reader;

    LatestMessages(ReadModelStore store) {
        this.store = store;
        this.reader = new EntryReader(store);
    }

    Map<ConversationId, RecordedEntry> of(List<MemberView> all) {
        List<MemberView> views =
                all.stream().filter(view -> view.lastMessage().position() > 0).toList();
        Map<String, Document> newest = ReadModelStore.small(
                store.conversations(),
                views.stream()
                        .map(MemberView::conversation)
                        .filter(conversation -> !conversation.document().containsKey(ConversationState.LAST))
                        .map(conversation -> conversation.id().value())
                        .toList(),
                Projections.include(ConversationState.LAST));
        List<Located> entries = new ArrayList<>();
        List<MemberView> elsewhere = new ArrayList<>();
        for (MemberView view : views) {
            ConversationId id = view.conversation().id();
            StoredEntry last =
                    last(newest.getOrDefault(id.value(), view.conversation().document()));
            if (last != null && last.position() == view.lastMessage().position()) {
                entries.add(new Located(view, last));
            } else {
                elsewhere.add(view);
            }
        }
        entries.addAll(fromPages(elsewhere));
        Map<ConversationId, RecordedEntry> last = new LinkedHashMap<>();
        reader.recorded(entries).forEach(entry -> last.put(entry.event().conversation(), entry));
        return last;
    }

    private static @Nullable StoredEntry last(Document conversation) {
        Binary last = conversation.get(ConversationState.LAST, Binary.class);
        return last == null ? null : EntryJson.entry(last.getData());
    }

    private List<Located> fromPages(List<MemberView> views) {
        Set<String> ids = new LinkedHashSet<>();
        views.forEach(view -> ids.add(PageSlot.of(view.lastMessage().position())
                .pageId(view.conversation().id())));
        Map<String, Page> pages = reader.pages(ids);
        return views.stream()
                .map(view -> new Located(
                        view,
                        EntryReader.entry(
                                view.conversation().id(), view.lastMessage().position(), pages)))
                .toList();
    }
}
