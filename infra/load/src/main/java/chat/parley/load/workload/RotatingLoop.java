package chat.parley.load.workload;

import java.util.List;

/**
 * So many messages on their way in all; when everybody has one of them, the next goes in the next conversation. So the
 * same load can be put on few conversations or on many.
 */
final class RotatingLoop implements Pace {
    private final List<Talk> talks;
    private final int inFlight;
    private int turn;
    private boolean stopped;

    RotatingLoop(List<Talk> talks, int inFlight) {
        this.talks = talks;
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
            Talk talk = talks.get(turn);
            turn = (turn + 1) % talks.size();
            talk.send(System.nanoTime(), this::next);
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
