package chat.parley.load.replay;

import chat.parley.load.client.DisconnectMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Cuts connections of people in the blocks that are being played. */
final class ConnectionChaos implements AutoCloseable {
    private static final double MICROS_PER_SECOND = 1e6;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chaos").factory());
    private final Set<GroupReplay> playing;
    private final ReplayClients crowd;
    private final Random random;

    /** @param rate cuts per second; 0 for none */
    ConnectionChaos(Set<GroupReplay> playing, ReplayClients crowd, double rate, long seed) {
        this.playing = playing;
        this.crowd = crowd;
        random = new Random(seed);
        if (rate > 0) {
            long everyMicros = Math.max(1, (long) (MICROS_PER_SECOND / rate));
            var ignored = clock.scheduleAtFixedRate(this::cut, everyMicros, everyMicros, TimeUnit.MICROSECONDS);
        }
    }

    private void cut() {
        List<GroupReplay> runs = new ArrayList<>(playing);
        if (runs.isEmpty()) {
            return;
        }
        List<String> nicks =
                List.copyOf(runs.get(random.nextInt(runs.size())).plan().nicks());
        if (nicks.isEmpty()) {
            return;
        }
        DisconnectMode[] ways = DisconnectMode.values();
        crowd.of(nicks.get(random.nextInt(nicks.size()))).cut(ways[random.nextInt(ways.length)]);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
