package chat.parley.load.workload;

import java.util.List;

/**
 * A fixed number of messages in flight in all; each that settles is followed by one in the next conversation. It puts
 * the same load on few conversations or on many.
 */
final class RoundRobinClosedLoop implements LoadModel {
    private final List<ConversationDriver> conversations;
    private final int inFlight;
    private int next;
    private boolean stopped;

    RoundRobinClosedLoop(List<ConversationDriver> conversations, int inFlight) {
        this.conversations = conversations;
        this.inFlight = inFlight;
    }

    @Override
    public void start() {
        for (int i = 0; i < inFlight; i++) {
            next();
        }
    }

    private void next() {
        if (!stopped) {
            ConversationDriver conversation = conversations.get(next);
            next = (next + 1) % conversations.size();
            conversation.send(System.nanoTime(), this::next);
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
