package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.RetryAdvice;
import java.util.concurrent.CompletableFuture;

/**
 * The future on which a request waits for the outcome of its command. Requests have no order among each other, so a
 * command that fails is not retried in its place: the caller is told at once and decides.
 */
final class RequestReply<R> extends CompletableFuture<R> implements QueuedCommand.Reply<R> {
    private final RetryAdvice advice;

    /** @param advice what the caller is told if the outcome is unknown */
    RequestReply(RetryAdvice advice) {
        this.advice = advice;
    }

    RetryAdvice advice() {
        return advice;
    }

    /** The caller waits no longer. If the command has not started, it is not executed. */
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
