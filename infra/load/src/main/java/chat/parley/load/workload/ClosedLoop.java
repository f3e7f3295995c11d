package chat.parley.load.workload;

import java.util.List;

/** So many messages on their way in every conversation; the next goes when everybody has an earlier one. */
final class ClosedLoop implements Pace {
    private final List<Talk> talks;
    private final int inFlight;
    private final int length;
    private boolean stopped;

    ClosedLoop(List<Talk> talks, int inFlight) {
        this(talks, inFlight, Integer.MAX_VALUE);
    }

    /** @param length messages, after which a conversation has enough */
    ClosedLoop(List<Talk> talks, int inFlight, int length) {
        this.talks = talks;
        this.inFlight = inFlight;
        this.length = length;
    }

    @Override
    public void start() {
        for (int i = 0; i < inFlight; i++) {
            talks.forEach(this::next);
        }
    }

    private void next(Talk talk) {
        if (!stopped && talk.sent() < length) {
            talk.send(System.nanoTime(), () -> next(talk));
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
