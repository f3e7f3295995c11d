package chat.parley.eventprocessing.stream;

import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;

/** The end of the event stream. */
public final class EventHead {
    private final StreamableMessageSource<TrackedEventMessage<?>> events;

    public EventHead(StreamableMessageSource<TrackedEventMessage<?>> events) {
        this.events = events;
    }

    /** The global index of the newest event; -1 if there is none. */
    public long index() {
        TrackingToken head = events.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }
}
