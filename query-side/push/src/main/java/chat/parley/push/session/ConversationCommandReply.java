package chat.parley.push.session;

import chat.parley.api.Refusal;
import chat.parley.api.RetryAdvice;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.tracing.MessageTraces.Step;
import chat.parley.dispatch.QueuedCommand;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.wire.CloseReason;
import chat.parley.wire.ServerFrame;

/** Sends the outcome of one command of a conversation to the socket that asked for it. */
final class ConversationCommandReply implements QueuedCommand.Reply<EntryAck> {
    private final SocketSession session;
    private final PushMetrics metrics;
    private final String ref;
    private final ConversationId conversation;
    private final boolean isMessage;
    private final Step trace;

    ConversationCommandReply(
            SocketSession session,
            PushMetrics metrics,
            String ref,
            ConversationId conversation,
            boolean isMessage,
            Step trace) {
        this.session = session;
        this.metrics = metrics;
        this.ref = ref;
        this.conversation = conversation;
        this.isMessage = isMessage;
        this.trace = trace;
    }

    @Override
    public void accepted(EntryAck ack) {
        if (isMessage) {
            metrics.accepted();
        }
        session.replies().send(new ServerFrame.Ack(ref, conversation, ack.position(), ack.at()));
        session.flow().requestAnswered();
        trace.end();
    }

    @Override
    public void refused(Refusal refusal) {
        if (isMessage && refusal == Refusal.OUTCOME_UNKNOWN) {
            session.replies().refuse(ref, refusal, RetryAdvice.MESSAGE.detail());
        } else {
            session.replies().refuse(ref, refusal);
        }
        session.flow().requestAnswered();
        trace.end();
    }

    /** Closes the socket, because a later command of the client may be in flight and would be stored before this one. */
    @Override
    public void givenUp(Refusal refusal) {
        session.giveUpCommands();
        refused(refusal);
        session.end(CloseReason.INTERNAL);
    }

    @Override
    public boolean isPointless() {
        return session.hasGivenUpCommands();
    }

    @Override
    public boolean keepsOrder() {
        return true;
    }
}
