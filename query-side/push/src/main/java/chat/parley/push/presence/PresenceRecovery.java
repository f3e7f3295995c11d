package chat.parley.push.presence;

import chat.parley.api.port.ActivityVault;
import chat.parley.api.port.ActivityVault.LastActivity;
import chat.parley.api.presence.FindPresence.OpenDevice;
import chat.parley.api.presence.FindPresence.OpenDevices;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.FeedPump;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * After a start, devices that were connected before are taken for connected: they have the grace time to come back, and
 * until it is over nobody is told anything. When their users last did something is kept over a planned stop; where a node
 * was killed, what is stored counts, which may be earlier but is never the time of the start.
 */
public final class PresenceRecovery implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PresenceRecovery.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PresenceModel readModel;
    private final DevicePresenceTracker presences;
    private final Fanout fanout;
    private final ActivityVault vault;
    private final String node;
    private volatile @Nullable Thread worker;

    public PresenceRecovery(
            PresenceModel readModel, DevicePresenceTracker presences, Fanout fanout, ActivityVault vault, String node) {
        this.readModel = readModel;
        this.presences = presences;
        this.fanout = fanout;
        this.vault = vault;
        this.node = node;
    }

    @Override
    public void start() {
        long index = fanout.processed();
        worker = Thread.ofVirtual().name("parley-presence-recovery").start(() -> recover(index));
    }

    private void recover(long index) {
        String after = null;
        int devices = 0;
        Map<ConnectedDevice, Instant> kept = null;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (kept == null) {
                    kept = kept();
                }
                OpenDevices page = readModel.openDevices(after, index);
                for (OpenDevice open : page.devices()) {
                    presences.inherited(open, lastActive(open, kept));
                }
                devices += page.devices().size();
                after = page.next();
                if (after == null) {
                    log.info("{} devices were connected before and may come back", devices);
                    return;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException notYet) {
                log.debug("Who was connected before is not known yet", notYet);
                pause();
            }
        }
    }

    private Map<ConnectedDevice, Instant> kept() {
        return vault.of(node).stream()
                .collect(Collectors.toMap(kept -> new ConnectedDevice(kept.user(), kept.device()), LastActivity::at));
    }

    private static Instant lastActive(OpenDevice open, Map<ConnectedDevice, Instant> kept) {
        Instant stored = open.lastActive() == null ? Instant.EPOCH : open.lastActive();
        Instant then = kept.getOrDefault(new ConnectedDevice(open.user(), open.device()), stored);
        return then.isAfter(stored) ? then : stored;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread running = worker;
        worker = null;
        if (running != null) {
            running.interrupt();
        }
        try {
            vault.keep(node, presences.lastActivities());
        } catch (RuntimeException failed) {
            log.warn("When users last did something is known only as of their connecting", failed);
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    /** After the fan-out has its place in the feed, before sockets open. */
    @Override
    public int getPhase() {
        return FeedPump.PHASE + 1;
    }
}
