package chat.parley.api.tracing;

import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EventFeed;

/**
 * Shows an operator the way of messages through this process. The places on the way call it for every message; {@link #OFF}
 * allocates nothing.
 */
public interface MessageTraces {
    MessageTraces OFF = new MessageTraces() {
        @Override
        public Step frame(ConversationId conversation, ClientMessageId message) {
            return Step.NONE;
        }

        @Override
        public Step projecting(Object event) {
            return Step.NONE;
        }

        @Override
        public Step delivering(EventFeed.Item event) {
            return Step.NONE;
        }
    };

    /** From the frame of a client to its answer. */
    Step frame(ConversationId conversation, ClientMessageId message);

    /** While the read side writes a batch with this event. */
    Step projecting(Object event);

    /** From the event to the queues of its readers' sockets. */
    Step delivering(EventFeed.Item event);

    /** A part of the way. */
    interface Step {
        Step NONE = () -> {};

        void end();
    }
}
