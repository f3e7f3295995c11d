package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;

/** A command of one conversation with its sender's {@link Reply}. */
public sealed interface QueuedCommand {
    ConversationId conversation();

    Reply<?> reply();

    /**
     * Receives the outcome of a command. Exactly one of the first three methods is called, once.
     *
     * @param <R> the answer
     */
    interface Reply<R> {
        void accepted(R answer);

        void refused(Refusal refusal);

        /**
         * The command was refused for a temporary reason for too long. Its sender's order can only be kept by ending
         * the session.
         */
        void givenUp(Refusal refusal);

        /**
         * Whether the command need not start any more, because a command of its session was given up or its caller is
         * gone.
         */
        boolean isPointless();

        /**
         * Whether no later command of the same sender may overtake it. Such a command waits for the fan-out and is
         * retried in its place. Any other command waits only for its turn, and its sender is told of every refusal at
         * once.
         */
        boolean keepsOrder();
    }

    /** A message, which may be sent in one batch with others. */
    record Send(ConversationId conversation, Draft draft, Reply<EntryAck> reply) implements QueuedCommand {}

    /** Any other command, which is sent by itself. */
    record Other<R>(ConversationCommand command, Class<R> answer, Reply<R> reply) implements QueuedCommand {
        @Override
        public ConversationId conversation() {
            return command.conversation();
        }
    }
}
