package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.RetryAdvice;
import java.util.concurrent.CompletableFuture;

/**
 * Where a request waits for what became of its command. Requests have no order among each other, so a command that fails
 * is not tried again in its place: its caller is told at once and decides.
 */
final class RequestReply<R> extends CompletableFuture<R> implements QueuedCommand.Reply<R> {
    private final RetryAdvice advice;

    /** @param advice what the caller is told where the outcome is unknown */
    RequestReply(RetryAdvice advice) {
        this.advice = advice;
    }

    RetryAdvice advice() {
        return advice;
    }

    /** Nobody waits any more; what has not begun yet need not begin. */
    void abandon() {
        cancel(false);
    }

    @Override
    public void accepted(R answer) {
        complete(answer);
    }

    @Override
    public void refused(Refusal refusal) {
        completeExceptionally(refusal == Refusal.OUTCOME_UNKNOWN ? advice.refused() : new Refused(refusal));
    }

    @Override
    public void givenUp(Refusal refusal) {
        refused(refusal);
    }

    @Override
    public boolean isPointless() {
        return isDone();
    }

    @Override
    public boolean keepsOrder() {
        return false;
    }
}
