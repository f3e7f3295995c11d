package chat.parley.projections;

import chat.parley.api.ConversationId;
import chat.parley.api.RecordedEntry;
import chat.parley.projections.EntryReader.Located;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;

/** The newest entry that each of these may see: kept beside the head, and in a page for those who have left. */
final class LastEntries {
    private final ReadModelStore store;
    private final EntryReader reader;

    LastEntries(ReadModelStore store) {
        this.store = store;
        this.reader = new EntryReader(store);
    }

    Map<ConversationId, RecordedEntry> of(List<Seat> seats) {
        Map<String, Document> heads = ReadModelStore.small(
                store.conversations(),
                seats.stream()
                        .map(Seat::conversation)
                        .filter(conversation -> !conversation.document().containsKey(ConversationState.LAST))
                        .map(conversation -> conversation.id().value())
                        .toList(),
                Projections.include(ConversationState.LAST));
        List<Located> entries = new ArrayList<>();
        List<Seat> elsewhere = new ArrayList<>();
        for (Seat seat : seats) {
            ConversationId id = seat.conversation().id();
            Document conversation =
                    heads.getOrDefault(id.value(), seat.conversation().document());
            StoredEntry last = EventJson.entry(
                    conversation.get(ConversationState.LAST, Binary.class).getData());
            // The head may have moved since, to where this user does not see it.
            if (last.position() == seat.lastVisible()) {
                entries.add(new Located(id, last));
            } else {
                elsewhere.add(seat);
            }
        }
        entries.addAll(fromPages(elsewhere));
        Map<ConversationId, RecordedEntry> last = new LinkedHashMap<>();
        reader.recorded(entries).forEach(entry -> last.put(entry.event().conversation(), entry));
        return last;
    }

    private List<Located> fromPages(List<Seat> seats) {
        Set<String> ids = new LinkedHashSet<>();
        seats.forEach(seat -> ids.add(
                PagePlace.of(seat.lastVisible()).pageId(seat.conversation().id())));
        Map<String, Page> pages = reader.pages(ids);
        return seats.stream()
                .map(seat -> EntryReader.located(seat.conversation().id(), seat.lastVisible(), pages))
                .toList();
    }
}
