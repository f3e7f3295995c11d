package chat.parley.push.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A timing wheel with one slot per second, which finds due items without a search. A deadline is not moved before it
 * comes; the item is then scheduled again. May be used by any thread.
 */
final class TimerWheel<T> {
    private final List<List<T>> slots = new ArrayList<>();
    private final Object lock = new Object();
    private long tick;

    /** @param maxSeconds the longest time until a deadline */
    TimerWheel(int maxSeconds) {
        for (int i = 0; i <= maxSeconds; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /** @param seconds the time until the deadline, limited to the size of the wheel */
    void schedule(T item, long seconds) {
        synchronized (lock) {
            long ahead = Math.clamp(seconds, 1, slots.size() - 1);
            slots.get((int) ((tick + ahead) % slots.size())).add(item);
        }
    }

    /** Advances by one second and hands over the due items, which may be scheduled again. */
    void advance(Consumer<T> due) {
        List<T> slot;
        synchronized (lock) {
            tick++;
            slot = slots.set((int) (tick % slots.size()), new ArrayList<>());
        }
        slot.forEach(due);
    }
}
