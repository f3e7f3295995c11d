package chat.parley.search.history.index;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the events of a processor's batch, which are indexed together by {@link #indexPending} just before the
 * processor stores its token.
 */
public final class EventCollector implements EventHandlerInvoker {
    private static final Logger log = LoggerFactory.getLogger(EventCollector.class);
    private static final String PENDING = EventCollector.class.getName() + ".pending";
    private static final Set<Class<?>> INDEXED = Set.of(MessageSent.class, MessageEdited.class, MessageRetracted.class);

    private final MessageIndexer indexer;

    public EventCollector(MessageIndexer indexer) {
        this.indexer = indexer;
    }

    private record Pending(MessageIndexer indexer, List<Change> changes) {}

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return event instanceof DomainEventMessage<?> domainEvent
                && INDEXED.contains(event.getPayloadType())
                && segment.matches(domainEvent.getAggregateIdentifier());
    }

    /** Every type, so that no source stops sending the others: a position must advance over them too. */
    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) {
        DomainEventMessage<?> domainEvent = (DomainEventMessage<?>) event;
        long position = domainEvent.getSequenceNumber() + 1;
        Pending pending =
                CurrentUnitOfWork.get().getOrComputeResource(PENDING, key -> new Pending(indexer, new ArrayList<>()));
        try {
            pending.changes.add(new Change(position, (ConversationEvent) event.getPayload()));
        } catch (RuntimeException e) {
            // Its payload could not be decoded.
            log.error(
                    "Position {} of {} cannot be indexed; it will be tried again",
                    position,
                    domainEvent.getAggregateIdentifier());
            throw e;
        }
    }

    /** Indexes what was collected in this unit of work, once; what that was. */
    public static EventCounts indexPending(UnitOfWork<?> unitOfWork) {
        Pending pending = unitOfWork.getResource(PENDING);
        if (pending == null) {
            return EventCounts.NONE;
        }
        EventCounts tally = pending.indexer.write(pending.changes);
        unitOfWork.resources().remove(PENDING);
        return tally;
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
