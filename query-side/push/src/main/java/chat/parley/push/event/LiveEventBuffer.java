package chat.parley.push.event;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * The newest entries and read marks, bounded by count and memory. They are replayed to a subscriber before it goes
 * live. Guarded by the lock of the fan-out.
 */
public final class LiveEventBuffer {
    private final int maxEvents;
    private final long maxWeight;
    private final ArrayDeque<LiveEvent> events = new ArrayDeque<>();
    private long weight;
    private long coversAfter = Long.MAX_VALUE;

    public LiveEventBuffer(int maxEvents, long maxWeight) {
        this.maxEvents = maxEvents;
        this.maxWeight = maxWeight;
    }

    /** Removes all events. The next event follows this index. */
    public void startAfter(long index) {
        events.clear();
        weight = 0;
        coversAfter = index;
    }

    public void add(LiveEvent event) {
        events.addLast(event);
        weight += event.weight();
        shrink();
    }

    /** The memory of an event in the buffer has grown by this much. */
    public void grew(long bytes) {
        weight += bytes;
        shrink();
    }

    /** Forgets the frames of these events. Whoever gets the events later reads their texts with the keys there are then. */
    public void dropFrames(Predicate<LiveEvent> of) {
        for (LiveEvent event : events) {
            if (of.test(event)) {
                weight -= event.weight();
                event.dropFrame();
                weight += event.weight();
            }
        }
    }

    private void shrink() {
        while (events.size() > maxEvents || (weight > maxWeight && events.size() > 1)) {
            LiveEvent oldest = events.removeFirst();
            weight -= oldest.weight();
            coversAfter = oldest.index();
        }
    }

    /** Whether the buffer has every event after this index. */
    public boolean covers(long index) {
        return index >= coversAfter;
    }

    /** A copy of the events after this index, oldest first. */
    public Iterable<LiveEvent> after(long index) {
        ArrayDeque<LiveEvent> found = new ArrayDeque<>();
        for (Iterator<LiveEvent> newestFirst = events.descendingIterator(); newestFirst.hasNext(); ) {
            LiveEvent event = newestFirst.next();
            if (event.index() <= index) {
                break;
            }
            found.addFirst(event);
        }
        return found;
    }
}
