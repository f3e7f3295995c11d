package chat.parley.eventstore.postgres;

import java.util.List;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Brings events that other nodes have stored into the tail buffer, so that each is read and decoded once on this node.
 * May be used by several threads, each with a reader of its own.
 */
final class StoredTail {
    private final EventTailBuffer buffer;
    private final Function<List<StoredEvent>, List<TrackedEventMessage<?>>> decoder;
    private final long maxEvents;

    /** @param maxEvents distance beyond which the readers at the head read from the database themselves */
    StoredTail(
            EventTailBuffer buffer, Function<List<StoredEvent>, List<TrackedEventMessage<?>>> decoder, long maxEvents) {
        this.buffer = buffer;
        this.decoder = decoder;
        this.maxEvents = maxEvents;
    }

    long head() {
        return buffer.head();
    }

    /** @param through an index up to which everything is durable */
    void readThrough(long through, EventReader reader) {
        for (long head = buffer.head(); head < through; head = buffer.head()) {
            if (through - head > maxEvents) {
                buffer.advanceTo(through);
                return;
            }
            List<StoredEvent> rows = reader.between(head, through);
            if (rows.isEmpty()) {
                throw new IllegalStateException(
                        "The event with index " + (head + 1) + " is missing from the event store");
            }
            add(rows);
        }
    }

    private void add(List<StoredEvent> rows) {
        List<TrackedEventMessage<?>> messages = decoder.apply(rows);
        if (messages.size() == rows.size()) {
            buffer.publish(
                    rows.getFirst().globalIndex(),
                    rows.size(),
                    i -> new EventTailBuffer.Slot(messages.get(i), rows.get(i).bytes()));
        } else {
            // An upcaster has dropped an event, for which the buffer has no place.
            buffer.advanceTo(rows.getLast().globalIndex());
        }
    }
}
