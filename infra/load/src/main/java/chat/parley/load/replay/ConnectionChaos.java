package chat.parley.load.replay;

import chat.parley.load.client.DisconnectMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Cuts connections of random people in the groups that are being played, in random ways. */
final class ConnectionChaos implements AutoCloseable {
    private static final double MICROS_PER_SECOND = 1e6;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chaos").factory());
    private final Set<GroupReplay> playing;
    private final ReplayClients clients;
    private final Random random;

    /** @param rate cuts per second; 0 for none */
    ConnectionChaos(Set<GroupReplay> playing, ReplayClients clients, double rate, long seed) {
        this.playing = playing;
        this.clients = clients;
        random = new Random(seed);
        if (rate > 0) {
            long everyMicros = Math.max(1, (long) (MICROS_PER_SECOND / rate));
            var ignored = clock.scheduleAtFixedRate(this::cutOne, everyMicros, everyMicros, TimeUnit.MICROSECONDS);
        }
    }

    private void cutOne() {
        List<GroupReplay> groups = new ArrayList<>(playing);
        if (groups.isEmpty()) {
            return;
        }
        List<String> nicks =
                List.copyOf(groups.get(random.nextInt(groups.size())).plan().nicks());
        if (nicks.isEmpty()) {
            return;
        }
        DisconnectMode[] modes = DisconnectMode.values();
        clients.of(nicks.get(random.nextInt(nicks.size()))).cut(modes[random.nextInt(modes.length)]);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
