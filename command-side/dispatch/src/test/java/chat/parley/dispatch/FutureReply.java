package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.EntryAck;
import java.util.concurrent.CompletableFuture;

/** The reply of a socket session that completes a future. */
record FutureReply(CompletableFuture<EntryAck> told, boolean keepsOrder) implements QueuedCommand.Reply<EntryAck> {
    @Override
    public void accepted(EntryAck ack) {
        told.complete(ack);
    }

    @Override
    public void refused(Refusal refusal) {
        told.completeExceptionally(new Refused(refusal));
    }

    @Override
    public void givenUp(Refusal refusal) {
        refused(refusal);
    }

    @Override
    public boolean isPointless() {
        return false;
    }
}
