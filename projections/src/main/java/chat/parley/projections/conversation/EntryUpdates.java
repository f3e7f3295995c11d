package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.projections.store.DocumentUpdate;
import chat.parley.projections.store.EventJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** The entries that a batch adds to pages, and the events that it stores outside their pages. */
public final class EntryUpdates implements EntrySink {
    private final Map<String, PageUpdate> pages = new LinkedHashMap<>();
    private final List<DocumentUpdate> texts = new ArrayList<>();

    @Override
    public void add(ConversationId conversation, StoredEntry entry, ConversationEvent event) {
        if (entry.isElsewhere()) {
            texts.add(DocumentUpdate.set(
                    PageSlot.textId(conversation, entry.position()), new Document("j", EventJson.of(event))));
        }
        PageSlot place = PageSlot.of(entry.position());
        pages.computeIfAbsent(place.pageId(conversation), PageUpdate::new)
                .add(
                        place.slot(),
                        entry,
                        event instanceof MessageSent sent ? Page.sendKey(sent.by(), sent.clientMessageId()) : "");
    }

    /** One update for each page. */
    public List<DocumentUpdate> pages() {
        return pages.values().stream().map(PageUpdate::update).toList();
    }

    public List<DocumentUpdate> texts() {
        return List.copyOf(texts);
    }
}
