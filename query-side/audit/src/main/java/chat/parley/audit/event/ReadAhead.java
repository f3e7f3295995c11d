package chat.parley.audit.event;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Reads the next batch while the present one is handled, so that neither the store nor the handler waits for the other. */
final class ReadAhead implements RawEvents.Reader {
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("event-read-ahead").start(task);

    private final RawEvents.Reader reader;
    private CompletableFuture<List<RawEvent>> next;

    ReadAhead(RawEvents.Reader reader) {
        this.reader = reader;
        next = CompletableFuture.supplyAsync(reader::next, THREADS);
    }

    /** Throws what the reader has thrown. */
    private static List<RawEvent> read(CompletableFuture<List<RawEvent>> batch) {
        try {
            return batch.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException thrown ? thrown : failed;
        }
    }

    @Override
    public List<RawEvent> next() {
        List<RawEvent> batch = read(next);
        next = CompletableFuture.supplyAsync(reader::next, THREADS);
        return batch;
    }

    /** Waits for the batch that is being read. What becomes of it does not matter any more. */
    @Override
    public void close() {
        next.handle((batch, failed) -> batch).join();
        reader.close();
    }
}
