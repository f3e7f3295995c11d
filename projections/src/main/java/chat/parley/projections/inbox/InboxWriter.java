package chat.parley.projections.inbox;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.EventProcessingFailure;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.conversation.ConversationFold;
import chat.parley.projections.conversation.EntryUpdates;
import chat.parley.projections.conversation.MessageChangeBlock;
import chat.parley.projections.conversation.PageSlot;
import chat.parley.projections.conversation.PinnedMessages;
import chat.parley.projections.conversation.StoredDocuments;
import chat.parley.projections.reaction.ReactionBlock;
import chat.parley.projections.store.BulkWrites;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.bson.Document;

/** Writes conversations, pages and inboxes from the events of conversations and read marks. */
public final class InboxWriter implements BatchWriter {
    private static final List<String> HEAD_FIELDS = List.of("h", "o", "t", "e", "q", "r", "z", PinnedMessages.FIELD);

    private final ReadModelStore store;
    private final ObjLongConsumer<ConversationId> headMoved;

    /** @param headMoved called for every conversation once its new head is readable */
    public InboxWriter(ReadModelStore store, ObjLongConsumer<ConversationId> headMoved) {
        this.store = store;
        this.headMoved = headMoved;
    }

    @Override
    public void write(List<RecordedEvent> batch) {
        InboxUpdates inboxes = new InboxUpdates();
        EntryUpdates entries = new EntryUpdates();
        Map<ConversationId, ConversationFold> folds = load(batch, inboxes, entries);
        for (RecordedEvent recorded : batch) {
            try {
                apply(recorded, folds);
            } catch (EventProcessingFailure e) {
                throw e;
            } catch (RuntimeException e) {
                throw EventProcessingFailure.at(recorded.aggregate(), recorded.position(), recorded.index(), e);
            }
        }
        List<ConversationFold> changed =
                folds.values().stream().filter(ConversationFold::isChanged).toList();
        BulkWrites.upsert(store.texts(), entries.texts());
        BulkWrites.upsert(
                store.changes(),
                changed.stream().flatMap(ConversationFold::changes).toList());
        BulkWrites.upsert(
                store.reactions(),
                changed.stream().flatMap(ConversationFold::reactions).toList());
        BulkWrites.upsert(store.pages(), entries.pages());
        BulkWrites.upsert(store.inboxes(), inboxes.updates());
        writeConversations(changed);
        changed.forEach(fold -> headMoved.accept(fold.id(), fold.head()));
    }

    private static void apply(RecordedEvent recorded, Map<ConversationId, ConversationFold> folds) {
        switch (recorded.payload()) {
            case ConversationEvent event -> fold(folds, event.conversation()).apply(recorded, event);
            case ReadMarkEvent event -> fold(folds, event.conversation()).apply(recorded, event);
            default -> throw new IllegalArgumentException("Not an event of the inbox");
        }
    }

    private static ConversationFold fold(Map<ConversationId, ConversationFold> folds, ConversationId id) {
        ConversationFold fold = folds.get(id);
        if (fold == null) {
            throw new IllegalStateException(id + " was not loaded");
        }
        return fold;
    }

    private Map<ConversationId, ConversationFold> load(
            List<RecordedEvent> batch, InboxUpdates inboxes, EntryUpdates entries) {
        Set<ConversationId> ids = new LinkedHashSet<>();
        Set<String> fields = new LinkedHashSet<>(HEAD_FIELDS);
        for (RecordedEvent recorded : batch) {
            if (recorded.payload() instanceof ConversationEvent event) {
                ConversationFold.mentioned(event).forEach(user -> fields.add("m." + user + ".n"));
            }
            ids.add(conversation(recorded.payload()));
        }
        Map<String, Document> documents = ReadModelStore.small(
                store.conversations(),
                ids.stream().map(ConversationId::value).toList(),
                Projections.include(new ArrayList<>(fields)));
        StoredDocuments stored =
                StoredDocuments.load(store, pages(batch, documents), changeBlocks(batch), reactionBlocks(batch));
        Map<ConversationId, ConversationFold> folds = new LinkedHashMap<>();
        ids.forEach(id -> folds.put(id, new ConversationFold(id, documents.get(id.value()), stored, inboxes, entries)));
        return folds;
    }

    /** The stored pages that these events need. A read mark at the head, or within this batch, needs none. */
    private static Set<String> pages(List<RecordedEvent> batch, Map<String, Document> documents) {
        Set<String> pages = new LinkedHashSet<>();
        for (RecordedEvent recorded : batch) {
            ConversationId id = conversation(recorded.payload());
            Document document = documents.get(id.value());
            long head = document == null ? 0 : DocumentFields.longOf(document, "h");
            if (recorded.payload() instanceof ReadMarkMoved moved && moved.position() < head) {
                pages.add(PageSlot.of(moved.position()).pageId(id));
            }
        }
        return pages;
    }

    private static Set<String> changeBlocks(List<RecordedEvent> batch) {
        Set<String> blocks = new LinkedHashSet<>();
        for (RecordedEvent recorded : batch) {
            switch (recorded.payload()) {
                case MessageEdited edited ->
                    blocks.add(MessageChangeBlock.idOf(edited.conversation(), edited.target()));
                case MessageRetracted retracted ->
                    blocks.add(MessageChangeBlock.idOf(retracted.conversation(), retracted.target()));
                default -> {}
            }
        }
        return blocks;
    }

    private static Set<String> reactionBlocks(List<RecordedEvent> batch) {
        Set<String> blocks = new LinkedHashSet<>();
        for (RecordedEvent recorded : batch) {
            if (recorded.payload() instanceof ReactionChanged changed) {
                blocks.add(ReactionBlock.idOf(changed.conversation(), changed.target()));
            }
        }
        return blocks;
    }

    private static ConversationId conversation(Object payload) {
        return switch (payload) {
            case ConversationEvent event -> event.conversation();
            case ReadMarkEvent event -> event.conversation();
            default -> throw new IllegalArgumentException("Not an event of the inbox");
        };
    }

    private void writeConversations(List<ConversationFold> changed) {
        List<UpdateOneModel<Document>> writes =
                changed.stream().map(ConversationFold::write).toList();
        if (writes.isEmpty()) {
            return;
        }
        BulkWriteResult result = BulkWrites.once(store.conversations(), writes);
        if (result.getMatchedCount() + result.getUpserts().size() != writes.size()) {
            throw EventProcessingFailure.overtaken("conversations");
        }
    }
}
