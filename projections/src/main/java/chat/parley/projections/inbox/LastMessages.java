package chat.parley.projections.inbox;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.projections.conversation.ConversationState;
import chat.parley.projections.conversation.EntryReader;
import chat.parley.projections.conversation.EntryReader.Located;
import chat.parley.projections.conversation.Page;
import chat.parley.projections.conversation.PagePlace;
import chat.parley.projections.conversation.StoredEntry;
import chat.parley.projections.store.EventJson;
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
 * The newest message that each of these may see, as they may read it: the conversation's own stands in its document, and
 * that of those who have left in a page.
 */
final class LastMessages {
    private final ReadModelStore store;
    private final EntryReader reader;

    LastMessages(ReadModelStore store) {
        this.store = store;
        this.reader = new EntryReader(store);
    }

    Map<ConversationId, RecordedEntry> of(List<MemberView> all) {
        List<MemberView> seats =
                all.stream().filter(seat -> seat.lastMessage().position() > 0).toList();
        Map<String, Document> newest = ReadModelStore.small(
                store.conversations(),
                seats.stream()
                        .map(MemberView::conversation)
                        .filter(conversation -> !conversation.document().containsKey(ConversationState.LAST))
                        .map(conversation -> conversation.id().value())
                        .toList(),
                Projections.include(ConversationState.LAST));
        List<Located> entries = new ArrayList<>();
        List<MemberView> elsewhere = new ArrayList<>();
        for (MemberView seat : seats) {
            ConversationId id = seat.conversation().id();
            StoredEntry last =
                    last(newest.getOrDefault(id.value(), seat.conversation().document()));
            if (last != null && last.position() == seat.lastMessage().position()) {
                entries.add(new Located(seat, last));
            } else {
                elsewhere.add(seat);
            }
        }
        entries.addAll(fromPages(elsewhere));
        Map<ConversationId, RecordedEntry> last = new LinkedHashMap<>();
        reader.recorded(entries).forEach(entry -> last.put(entry.event().conversation(), entry));
        return last;
    }

    private static @Nullable StoredEntry last(Document conversation) {
        Binary last = conversation.get(ConversationState.LAST, Binary.class);
        return last == null ? null : EventJson.entry(last.getData());
    }

    private List<Located> fromPages(List<MemberView> seats) {
        Set<String> ids = new LinkedHashSet<>();
        seats.forEach(seat -> ids.add(PagePlace.of(seat.lastMessage().position())
                .pageId(seat.conversation().id())));
        Map<String, Page> pages = reader.pages(ids);
        return seats.stream()
                .map(seat -> new Located(
                        seat,
                        EntryReader.entry(
                                seat.conversation().id(), seat.lastMessage().position(), pages)))
                .toList();
    }
}
