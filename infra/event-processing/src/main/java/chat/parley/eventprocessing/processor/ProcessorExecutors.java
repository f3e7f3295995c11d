package chat.parley.eventprocessing.processor;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The threads of processors that start and stop together. */
public final class ProcessorExecutors implements AutoCloseable {
    /**
     * One, and no more: Axon's coordinator asks its stream once more after it has let the next task begin. On a second
     * thread two tasks would read the same stream at once, and events would be passed over.
     */
    private static final int COORDINATOR_THREADS = 1;

    private final ScheduledExecutorService coordinators;
    private final ScheduledExecutorService workers;

    /** Threads are named by these prefixes and a number. */
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

    /** After the processors have stopped. */
    @Override
    public void close() {
        coordinators.shutdown();
        workers.shutdown();
    }
}
