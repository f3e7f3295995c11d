package chat.parley.push.fanout;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The newest events that sessions may want, bounded by count and memory: from here a session steps from its backlog into
 * the live flow. Guarded by the fan-out.
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

    /** Forgets everything: what comes next follows this index. */
    void startAfter(long index) {
        events.clear();
        weight = 0;
        coversAfter = index;
    }

    void add(LiveEvent event) {
        events.addLast(event);
        weight += event.weight();
        shrink();
    }

    /** An event that is in here holds more than before. */
    void grown(long bytes) {
        weight += bytes;
        shrink();
    }

    private void shrink() {
        while (events.size() > maxEvents || (weight > maxWeight && events.size() > 1)) {
            LiveEvent oldest = events.removeFirst();
            weight -= oldest.weight();
            coversAfter = oldest.index();
        }
    }

    /** Whether nothing after this index has been forgotten. */
    boolean covers(long index) {
        return index >= coversAfter;
    }

    /** Everything after this index, oldest first; a copy. */
    Iterable<LiveEvent> after(long index) {
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
