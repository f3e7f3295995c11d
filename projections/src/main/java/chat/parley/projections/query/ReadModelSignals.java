package chat.parley.projections.query;

import chat.parley.api.conversation.ConversationId;
import chat.parley.eventprocessing.stream.ProgressSignal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Wakes threads that wait for the read model: for its processors, or for one conversation's head. Writes of other nodes may
 * not be signalled here, so a wait also checks its condition at intervals.
 */
public final class ReadModelSignals {
    private static final long RECHECK_HEAD_MS = 100;

    private final ProgressSignal progress = new ProgressSignal();
    private final Map<ConversationId, CompletableFuture<Void>> heads = new ConcurrentHashMap<>();

    /** Signals progress of the processors. */
    public ProgressSignal progress() {
        return progress;
    }

    /** Called when a conversation's new head is readable. */
    public void headMoved(ConversationId conversation, long head) {
        wake(conversation);
    }

    private void wake(ConversationId conversation) {
        CompletableFuture<Void> waiting = heads.remove(conversation);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Called when another node has written, to any conversation. */
    public void othersAdvanced() {
        progress.advanced();
        heads.keySet().forEach(this::wake);
    }

    /** Waits until the condition holds. Returns false on a timeout. */
    boolean awaitHead(ConversationId conversation, BooleanSupplier reached, Duration atMost)
            throws InterruptedException {
        return progress.whileAwaited(() -> moved(conversation, reached, atMost));
    }

    private boolean moved(ConversationId conversation, BooleanSupplier reached, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            // Registered before the check, so that progress in between is not missed.
            CompletableFuture<Void> moved = heads.computeIfAbsent(conversation, any -> new CompletableFuture<>());
            if (reached.getAsBoolean()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                moved.get(Math.min(left, TimeUnit.MILLISECONDS.toNanos(RECHECK_HEAD_MS)), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                heads.remove(conversation, moved);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
