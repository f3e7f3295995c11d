package chat.parley.eventprocessing.sharing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processors that run on this node. */
public final class RunningProcessors {
    private final Set<SharedProcessor> running = ConcurrentHashMap.newKeySet();
    private volatile Runnable changed = () -> {};

    public void add(SharedProcessor processor) {
        running.add(processor);
        changed.run();
    }

    public void remove(SharedProcessor processor) {
        running.remove(processor);
        changed.run();
    }

    Collection<SharedProcessor> all() {
        return List.copyOf(running);
    }

    void whenChanged(Runnable listener) {
        changed = listener;
    }
}
