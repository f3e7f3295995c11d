package chat.parley.push.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deadlines by the second: what is due is found without looking at the rest. Who is heard of again does nothing here; its
 * deadline moves when the old one comes.
 */
final class TimerWheel<T> {
    private final List<List<T>> slots = new ArrayList<>();
    private final Object lock = new Object();
    private long tick;

    /** @param most seconds that a deadline may be away */
    TimerWheel(int most) {
        for (int i = 0; i <= most; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /** @param seconds until it is due, at least 1; more than the wheel has counts as that */
    void schedule(T what, long seconds) {
        synchronized (lock) {
            long ahead = Math.clamp(seconds, 1, slots.size() - 1);
            slots.get((int) ((tick + ahead) % slots.size())).add(what);
        }
    }

    /** A second has passed; what is due may be scheduled again. */
    void advance(Consumer<T> due) {
        List<T> slot;
        synchronized (lock) {
            tick++;
            slot = slots.set((int) (tick % slots.size()), new ArrayList<>());
        }
        slot.forEach(due);
    }
}
