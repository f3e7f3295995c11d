package chat.parley.eventprocessing.sharing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processors that run on this node. */
public final class RunningProcessors {
    private final Set<SharedProcessor> running = ConcurrentHashMap.newKeySet();

    public void add(SharedProcessor processor) {
        running.add(processor);
    }

    public void remove(SharedProcessor processor) {
        running.remove(processor);
    }

    Collection<SharedProcessor> all() {
        return List.copyOf(running);
    }
}
