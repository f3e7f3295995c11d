package chat.parley.projections.generation;

import chat.parley.projections.processing.GroupProcessor;
import chat.parley.projections.store.ReadModelStore;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** One whole read model: its collections and the processors that fill them. */
public final class Generation {
    private final String name;
    private final ReadModelStore store;
    private final List<GroupProcessor> processors;
    private final List<ScheduledExecutorService> executors;
    private final AtomicBoolean stopped = new AtomicBoolean();

    public Generation(
            String name,
            ReadModelStore store,
            List<GroupProcessor> processors,
            List<ScheduledExecutorService> executors) {
        this.name = name;
        this.store = store;
        this.processors = processors;
        this.executors = executors;
    }

    public String name() {
        return name;
    }

    public ReadModelStore store() {
        return store;
    }

    public List<GroupProcessor> processors() {
        return processors;
    }

    /** Everything up to this global index is in every document; -1 where nothing is. */
    public long position() {
        return processors.stream().mapToLong(GroupProcessor::position).min().orElse(-1);
    }

    void start() {
        processors.forEach(GroupProcessor::start);
    }

    /** What is being written is finished. */
    void stop() {
        if (stopped.compareAndSet(false, true)) {
            processors.forEach(GroupProcessor::stop);
            executors.forEach(ScheduledExecutorService::shutdown);
        }
    }
}
