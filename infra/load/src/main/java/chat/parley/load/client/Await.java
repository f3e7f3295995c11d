package chat.parley.load.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for what other threads do. */
public final class Await {
    private static final long LOOK_EVERY_MS = 20;

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

    /** How far a device is in a conversation. */
    public static int last(ChatClient device, String conversation) throws InterruptedException {
        return result(CompletableFuture.supplyAsync(() -> device.last(conversation), device.loop()));
    }

    /** Returns when a device is this far in a conversation, or our patience is over. */
    public static void until(ChatClient device, String conversation, long position, Duration patience)
            throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (last(device, conversation) < position && System.nanoTime() < until) {
            RestClient.pause(LOOK_EVERY_MS);
        }
    }
}
