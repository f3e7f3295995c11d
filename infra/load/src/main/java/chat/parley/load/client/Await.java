package chat.parley.load.client;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waits for results of other threads. */
public final class Await {
    private Await() {}

    /** The result, or the exception that the other thread ended with. */
    public static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    public static void all(Collection<? extends Future<?>> futures) throws InterruptedException {
        for (Future<?> future : futures) {
            Object ignored = result(future);
        }
    }

    public static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunAbortedException("Interrupted", e);
        }
    }
}
