package chat.parley.load.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs blocking work on virtual threads. */
public final class Parallel {
    private Parallel() {}

    @FunctionalInterface
    public interface BlockingFunction<T, R> {
        R apply(T input) throws InterruptedException;
    }

    /**
     * Applies a function to each input and answers the results in the order of the inputs.
     *
     * @param done counts the inputs that are done
     */
    public static <T, R> List<R> map(
            int concurrency, Collection<T> inputs, AtomicInteger done, BlockingFunction<T, R> function)
            throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().factory())) {
            List<Future<R>> futures = new ArrayList<>(inputs.size());
            for (T input : inputs) {
                futures.add(threads.submit(() -> {
                    try {
                        return function.apply(input);
                    } finally {
                        done.incrementAndGet();
                    }
                }));
            }
            List<R> results = new ArrayList<>(inputs.size());
            for (Future<R> future : futures) {
                results.add(Await.result(future));
            }
            return results;
        }
    }
}
