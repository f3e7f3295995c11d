package chat.parley.benchmarks;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Many concurrent callers, each on its own virtual thread, as in the push tier. With one carrier thread for all of them
 * ({@link #ONE_CARRIER}) the elapsed time is their processor time.
 */
public final class VirtualThreads {
    public static final String ONE_CARRIER = "-Djdk.virtualThreadScheduler.parallelism=1";
    public static final String NO_SECOND_CARRIER = "-Djdk.virtualThreadScheduler.maxPoolSize=1";

    private VirtualThreads() {}

    /** Returns when every caller has returned. */
    public static void run(int callers, IntConsumer caller) throws InterruptedException {
        Thread.ofVirtual()
                .start(() -> {
                    List<Thread> started = IntStream.range(0, callers)
                            .mapToObj(i -> Thread.ofVirtual().start(() -> caller.accept(i)))
                            .toList();
                    started.forEach(VirtualThreads::join);
                })
                .join();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
