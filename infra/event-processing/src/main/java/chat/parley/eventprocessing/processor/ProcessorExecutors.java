package chat.parley.eventprocessing.processor;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The threads of processors that are started and stopped together. */
public final class ProcessorExecutors implements AutoCloseable {
    /**
     * Exactly one: Axon's coordinator reads its stream once more after it has scheduled its next task. With a second
     * thread two tasks could read the same stream at once, and events would be skipped.
     */
    private static final int COORDINATOR_THREADS = 1;

    private final ScheduledExecutorService coordinators;
    private final ScheduledExecutorService workers;

    /** The parameters are prefixes of thread names, which end with a number. */
    public ProcessorExecutors(String coordinator, String worker, int workerThreads) {
        coordinators = executor(coordinator, COORDINATOR_THREADS);
        workers = executor(worker, workerThreads);
    }

    private static ScheduledExecutorService executor(String prefix, int threads) {
        return Executors.newScheduledThreadPool(
                threads, Thread.ofPlatform().daemon().name(prefix, 0).factory());
    }

    ScheduledExecutorService coordinators() {
        return coordinators;
    }

    ScheduledExecutorService workers() {
        return workers;
    }

    /** Called after the processors have stopped. */
    @Override
    public void close() {
        coordinators.shutdown();
        workers.shutdown();
    }
}
