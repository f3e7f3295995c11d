package chat.parley.search.history.index;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.EventSelection;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.search.history.document.EventCounts;
import java.util.List;
import java.util.Set;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Indexes batches of events, and counts them for the token that is stored next in the same unit of work. */
public final class IndexedEvents implements BatchWriter {
    private static final String COUNTS = IndexedEvents.class.getName();
    private static final Set<Class<?>> INDEXED = Set.of(MessageSent.class, MessageEdited.class, MessageRetracted.class);

    /** Events of messages, in order by conversation. */
    public static final EventSelection SELECTION = INDEXED::contains;

    private final MessageIndexer indexer;

    public IndexedEvents(MessageIndexer indexer) {
        this.indexer = indexer;
    }

    @Override
    public void write(List<RecordedEvent> batch) {
        EventCounts counts = indexer.write(batch.stream()
                .map(event -> new MessageEvent(event.position(), (ConversationEvent) event.payload()))
                .toList());
        CurrentUnitOfWork.get().resources().put(COUNTS, counts);
    }

    /** The events that were indexed in the current unit of work. */
    public static EventCounts inPresentBatch() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get().getOrDefaultResource(COUNTS, EventCounts.NONE)
                : EventCounts.NONE;
    }
}
