package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;

/** One thing that a session asks of a conversation, and whom to tell what became of it. */
public sealed interface QueuedCommand {
    ConversationId conversation();

    Reply reply();

    /** Told exactly once. */
    interface Reply {
        void accepted(EntryAck ack);

        void refused(Refusal refusal);

        /** Refused for a reason of ours for so long that its sender's order can only be kept by ending the session. */
        void givenUp(Refusal refusal);

        /** Whether something that its session sent before was given up. */
        boolean isPointless();
    }

    /** A message, which may leave together with others. */
    record Send(ConversationId conversation, Draft draft, Reply reply) implements QueuedCommand {}

    /** Anything else, by itself. */
    record Other(ConversationCommand command, Reply reply) implements QueuedCommand {
        @Override
        public ConversationId conversation() {
            return command.conversation();
        }
    }
}
