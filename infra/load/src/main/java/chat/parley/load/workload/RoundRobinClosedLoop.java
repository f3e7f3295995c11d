package chat.parley.load.workload;

import java.util.List;

/**
 * So many messages on their way in all; when everybody has one of them, the next goes in the next conversation. So the
 * same load can be put on few conversations or on many.
 */
final class RoundRobinClosedLoop implements LoadModel {
    private final List<ConversationDriver> conversations;
    private final int inFlight;
    private int turn;
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
            ConversationDriver conversation = conversations.get(turn);
            turn = (turn + 1) % conversations.size();
            conversation.send(System.nanoTime(), this::next);
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
