package chat.parley.audit.background;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Does one piece of work at a time on another thread, in their order. For one thread that hands them over. */
public final class Background implements Closeable {
    private static final Executor THREADS =
            task -> Thread.ofPlatform().daemon().name("export-writer").start(task);

    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** A piece of work. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** Waits for the work before, and throws what it has thrown. */
    public void run(Work work) throws IOException {
        await();
        last = CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                THREADS);
    }

    public void await() throws IOException {
        try {
            last.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UncheckedIOException disk) {
                throw new IOException("A file could not be written", disk);
            }
            throw failed.getCause() instanceof RuntimeException thrown ? thrown : failed;
        }
    }

    /** Waits for the work that is being done, whatever becomes of it. */
    @Override
    public void close() {
        last.handle((done, failed) -> failed).join();
    }
}
