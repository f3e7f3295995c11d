package chat.parley.search.history.generation;

import chat.parley.eventprocessing.processor.ProcessorExecutors;
import chat.parley.eventprocessing.processor.SegmentedProcessor;
import chat.parley.search.history.document.Generation;

/** What fills a generation on this node, and how far it has come on all nodes together. */
public final class GenerationProcess {
    private final Generation generation;
    private final SegmentedProcessor processor;
    private final ProcessorExecutors executors;
    private volatile long startedAt;
    private volatile long startedFrom;

    GenerationProcess(Generation generation, SegmentedProcessor processor, ProcessorExecutors executors) {
        this.generation = generation;
        this.processor = processor;
        this.executors = executors;
    }

    public Generation generation() {
        return generation;
    }

    void start() {
        startedFrom = processor.position();
        startedAt = System.nanoTime();
        processor.start();
    }

    /** What is being written is finished; it may be started again. */
    void pause() {
        processor.stop();
    }

    void stop() {
        processor.stop();
        executors.close();
    }

    /** Everything up to this global index is in the documents; -1 where nothing is. */
    public long position() {
        return processor.position();
    }

    /** Since it was started here. */
    long eventsPerSecond() {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        return Math.max(0, Math.round((position() - startedFrom) / seconds));
    }
}
