package chat.parley.projections.generation;

import chat.parley.eventprocessing.processor.ProcessorExecutors;
import chat.parley.eventprocessing.processor.SegmentedProcessor;
import chat.parley.projections.store.ReadModelStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One whole read model: its collections and the processors that fill them. */
public final class Generation {
    private final String name;
    private final ReadModelStore store;
    private final List<SegmentedProcessor> processors;
    private final ProcessorExecutors executors;
    private final AtomicBoolean stopped = new AtomicBoolean();

    public Generation(
            String name, ReadModelStore store, List<SegmentedProcessor> processors, ProcessorExecutors executors) {
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

    public List<SegmentedProcessor> processors() {
        return processors;
    }

    /** Everything up to this global index is in every document; -1 where nothing is. */
    public long position() {
        return processors.stream().mapToLong(SegmentedProcessor::position).min().orElse(-1);
    }

    void start() {
        processors.forEach(SegmentedProcessor::start);
    }

    /** What is being written is finished. */
    void stop() {
        if (stopped.compareAndSet(false, true)) {
            processors.forEach(SegmentedProcessor::stop);
            executors.close();
        }
    }
}
