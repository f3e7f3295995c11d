package chat.parley.push;

import chat.parley.api.ConversationCommand;
import chat.parley.api.ConversationCommand.ChangeReaction;
import chat.parley.api.ConversationCommand.Draft;
import chat.parley.api.ConversationCommand.EditMessage;
import chat.parley.api.ConversationId;
import chat.parley.api.EntryAck;
import chat.parley.api.Refusal;
import chat.parley.api.UserId;

/** One thing that a session asks of a conversation, and whom to tell what became of it. */
sealed interface CommandJob {
    ConversationId conversation();

    UserId by();

    Reply reply();

    /** Whether it reaches the other person of a direct conversation, so that a block stands in its way. */
    boolean isAddressed();

    /** Told exactly once. */
    interface Reply {
        void accepted(EntryAck ack);

        void refused(Refusal refusal);
    }

    /** A message, which may leave together with others. */
    record Send(ConversationId conversation, Draft draft, Reply reply) implements CommandJob {
        @Override
        public UserId by() {
            return draft.by();
        }

        @Override
        public boolean isAddressed() {
            return true;
        }
    }

    /** Anything else, by itself. */
    record Other(ConversationCommand command, UserId by, Reply reply) implements CommandJob {
        @Override
        public ConversationId conversation() {
            return command.conversation();
        }

        @Override
        public boolean isAddressed() {
            return command instanceof EditMessage || (command instanceof ChangeReaction reaction && reaction.added());
        }
    }
}
