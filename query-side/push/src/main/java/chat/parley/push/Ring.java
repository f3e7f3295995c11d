package chat.parley.push;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The newest events that sessions may want, bounded by count and memory: from here a session steps from its backlog into
 * the live flow. Guarded by the fan-out.
 */
final class Ring {
    private final int maxEvents;
    private final long maxWeight;
    private final ArrayDeque<FollowedEvent> events = new ArrayDeque<>();
    private long weight;
    private long coversAfter = Long.MAX_VALUE;

    Ring(int maxEvents, long maxWeight) {
        this.maxEvents = maxEvents;
        this.maxWeight = maxWeight;
    }

    /** Forgets everything: what comes next follows this index. */
    void startAfter(long index) {
        events.clear();
        weight = 0;
        coversAfter = index;
    }

    void add(FollowedEvent event) {
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
            FollowedEvent oldest = events.removeFirst();
            weight -= oldest.weight();
            coversAfter = oldest.index();
        }
    }

    /** Whether nothing after this index has been forgotten. */
    boolean covers(long index) {
        return index >= coversAfter;
    }

    /** Everything after this index, oldest first; a copy. */
    Iterable<FollowedEvent> after(long index) {
        ArrayDeque<FollowedEvent> found = new ArrayDeque<>();
        for (Iterator<FollowedEvent> newestFirst = events.descendingIterator(); newestFirst.hasNext(); ) {
            FollowedEvent event = newestFirst.next();
            if (event.index() <= index) {
                break;
            }
            found.addFirst(event);
        }
        return found;
    }
}
