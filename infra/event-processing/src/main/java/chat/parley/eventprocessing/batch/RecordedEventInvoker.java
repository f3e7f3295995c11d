package chat.parley.eventprocessing.batch;

import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the selected events of a processor on, one by one or collected into batches. */
public final class RecordedEventInvoker implements EventHandlerInvoker {
    private static final Logger log = LoggerFactory.getLogger(RecordedEventInvoker.class);

    private final EventSelection selection;
    private final Consumer<RecordedEvent> handler;

    private RecordedEventInvoker(EventSelection selection, Consumer<RecordedEvent> handler) {
        this.selection = selection;
        this.handler = handler;
    }

    /** Handles each event when it is read. */
    public static EventHandlerInvoker each(EventSelection selection, Consumer<RecordedEvent> handler) {
        return new RecordedEventInvoker(selection, handler);
    }

    /** Writes the events of a batch together, once {@link BatchWritingTokenStore} is about to store its token. */
    public static EventHandlerInvoker batches(EventSelection selection, BatchWriter writer) {
        return new RecordedEventInvoker(selection, event -> CollectedBatch.add(writer, event));
    }

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return event instanceof DomainEventMessage<?> domainEvent
                && selection.includes(event.getPayloadType())
                && segment.matches(selection.orderingKey(domainEvent.getAggregateIdentifier()));
    }

    /**
     * True for every type, so that sources do not filter events: the token must advance over unselected events too.
     */
    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) {
        handler.accept(recorded((DomainEventMessage<?>) event));
    }

    private static RecordedEvent recorded(DomainEventMessage<?> event) {
        String aggregate = event.getAggregateIdentifier();
        long position = event.getSequenceNumber() + 1;
        long index = ((TrackedEventMessage<?>) event).trackingToken().position().orElseThrow();
        try {
            return new RecordedEvent(aggregate, position, index, event.getPayload());
        } catch (RuntimeException e) {
            // The payload could not be decoded.
            EventProcessingFailure failure = EventProcessingFailure.at(aggregate, position, index, e);
            log.error("{}; it is retried", failure.getMessage());
            throw failure;
        }
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
