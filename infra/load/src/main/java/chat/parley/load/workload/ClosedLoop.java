package chat.parley.load.workload;

import java.util.List;

/** A fixed number of messages in flight in every conversation; each that settles is followed by the next. */
final class ClosedLoop implements LoadModel {
    private final List<ConversationDriver> conversations;
    private final int inFlight;
    private final int length;
    private boolean stopped;

    ClosedLoop(List<ConversationDriver> conversations, int inFlight) {
        this(conversations, inFlight, Integer.MAX_VALUE);
    }

    /** @param length messages of each conversation, after which the loop sends nothing in it */
    ClosedLoop(List<ConversationDriver> conversations, int inFlight, int length) {
        this.conversations = conversations;
        this.inFlight = inFlight;
        this.length = length;
    }

    @Override
    public void start() {
        for (int i = 0; i < inFlight; i++) {
            conversations.forEach(this::next);
        }
    }

    private void next(ConversationDriver conversation) {
        if (!stopped && conversation.sent() < length) {
            conversation.send(System.nanoTime(), () -> next(conversation));
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
