package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;

/** One command of a conversation, and its sender's {@link Reply}. */
public sealed interface QueuedCommand {
    ConversationId conversation();

    Reply<?> reply();

    /**
     * How its sender learns what became of a command. One of the first three is called, once.
     *
     * @param <R> the answer
     */
    interface Reply<R> {
        void accepted(R answer);

        void refused(Refusal refusal);

        /** Refused for a reason of ours for so long that its sender's order can only be kept by ending the session. */
        void givenUp(Refusal refusal);

        /** Whether it need not begin any more: a command of its session was given up, or its caller has gone. */
        boolean isPointless();

        /**
         * Whether nothing that its sender sends later may overtake it. Then it waits for the fan-out and is tried again
         * in its place. Otherwise it waits for nothing but its turn, and every refusal is told at once.
         */
        boolean keepsOrder();
    }

    /** A message, which may leave together with others. */
    record Send(ConversationId conversation, Draft draft, Reply<EntryAck> reply) implements QueuedCommand {}

    /** Any other command, which leaves by itself. */
    record Other<R>(ConversationCommand command, Class<R> answer, Reply<R> reply) implements QueuedCommand {
        @Override
        public ConversationId conversation() {
            return command.conversation();
        }
    }
}
