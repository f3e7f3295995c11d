package chat.parley.eventprocessing.generation;

import chat.parley.eventprocessing.processor.ProcessorExecutors;
import chat.parley.eventprocessing.processor.SegmentedProcessor;
import java.util.List;

/** A generation on this node: its documents, and the processors that fill it. */
public final class RunningGeneration<S> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int number;
    private final S store;
    private final List<SegmentedProcessor> processors;
    private final ProcessorExecutors executors;
    private volatile GenerationState state = GenerationState.FILLING;
    private volatile long startedFrom = -1;
    private volatile long startedNanos;

    public RunningGeneration(int number, S store, List<SegmentedProcessor> processors, ProcessorExecutors executors) {
        this.number = number;
        this.store = store;
        this.processors = processors;
        this.executors = executors;
    }

    public int number() {
        return number;
    }

    public String name() {
        return GenerationPointer.name(number);
    }

    public S store() {
        return store;
    }

    public List<SegmentedProcessor> processors() {
        return processors;
    }

    /** The global index up to which all documents include the events; -1 if there is none. */
    public long position() {
        return processors.stream().mapToLong(SegmentedProcessor::position).min().orElse(-1);
    }

    /** The highest global index of an event that any document includes. */
    long reached() {
        return processors.stream().mapToLong(SegmentedProcessor::reached).max().orElse(-1);
    }

    GenerationState state() {
        return state;
    }

    void enter(GenerationState entered) {
        state = entered;
    }

    /** How fast this generation has advanced since it was opened, or went on, on this node. */
    public long eventsPerSecond() {
        double seconds = (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
        return Math.max(0, Math.round((position() - startedFrom) / seconds));
    }

    void start() {
        observe();
        processors.forEach(SegmentedProcessor::start);
    }

    /** Measures the speed from now on, though other processes may make it. */
    void observe() {
        startedFrom = position();
        startedNanos = System.nanoTime();
    }

    /** Stops the processors after their current batches. {@link #start} continues. */
    void pause() {
        processors.forEach(SegmentedProcessor::stop);
    }

    void stop() {
        if (state != GenerationState.STOPPED) {
            state = GenerationState.STOPPED;
            pause();
            executors.close();
        }
    }
}
