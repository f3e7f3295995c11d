package chat.parley.push.presence;

import chat.parley.api.port.ActivityVault;
import chat.parley.api.port.ActivityVault.LastActivity;
import chat.parley.api.presence.FindPresence.OpenDevice;
import chat.parley.api.presence.FindPresence.OpenDevices;
import chat.parley.eventprocessing.feed.Retry;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.FanoutFeedListener;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Restores the devices that were connected before this node started and that no other node has. Each has the grace time
 * to reconnect, and no change of its presence is published before. The vault keeps the times of the users' last activity over a planned
 * stop. After a crash the stored time counts. It may be too early, but it is never the time of the start.
 */
public final class PresenceRecovery implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PresenceRecovery.class);
    private static final BackOff EACH_SECOND = new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS);

    private final PresenceReader readModel;
    private final DevicePresenceTracker devices;
    private final Fanout fanout;
    private final ActivityVault vault;
    private final String node;
    private final @Nullable DeviceLeaseKeeper lease;
    private volatile @Nullable Thread worker;

    /** @param lease null if there is no other node */
    public PresenceRecovery(
            PresenceReader readModel,
            DevicePresenceTracker devices,
            Fanout fanout,
            ActivityVault vault,
            String node,
            @Nullable DeviceLeaseKeeper lease) {
        this.lease = lease;
        this.readModel = readModel;
        this.devices = devices;
        this.fanout = fanout;
        this.vault = vault;
        this.node = node;
    }

    @Override
    public void start() {
        if (lease != null) {
            lease.begin();
        }
        long index = fanout.processed();
        worker = Thread.ofVirtual().name("parley-presence-recovery").start(() -> recover(index));
    }

    private void recover(long index) {
        try {
            Recovery recovery = new Recovery(index);
            var _ = Retry.until(done -> done, EACH_SECOND, recovery::isDone);
            log.info("{} devices were connected before this start and may reconnect", recovery.restored);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One read of all pages. If a page fails, reading continues with that page. */
    private final class Recovery {
        private final long index;
        private @Nullable Map<ConnectedDevice, Instant> kept;
        private @Nullable String after;
        private int restored;

        Recovery(long index) {
            this.index = index;
        }

        boolean isDone() throws InterruptedException {
            try {
                Map<ConnectedDevice, Instant> activities = kept == null ? kept() : kept;
                kept = activities;
                do {
                    OpenDevices page = readModel.openDevices(after, index);
                    for (OpenDevice open : page.devices()) {
                        devices.restore(open, lastActive(open, activities));
                    }
                    restored += page.devices().size();
                    after = page.next();
                } while (after != null);
                return true;
            } catch (RuntimeException notYet) {
                log.debug("The devices that were connected before this start cannot be read yet", notYet);
                return false;
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

    @Override
    public void stop() {
        Thread running = worker;
        worker = null;
        if (running != null) {
            running.interrupt();
        }
        endLease();
        try {
            vault.keep(node, devices.lastActivities());
        } catch (RuntimeException failed) {
            log.warn(
                    "The times of the users' last activity were not stored; after the next start their connections count",
                    failed);
        }
    }

    /** Other nodes take the devices of this one at once. */
    private void endLease() {
        if (lease != null) {
            try {
                lease.end();
            } catch (RuntimeException failed) {
                log.warn("This node's lease on its devices was not ended; it ends by itself", failed);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    /** Starts after the fan-out has read the head of the feed, and before sockets open. */
    @Override
    public int getPhase() {
        return FanoutFeedListener.PHASE + 1;
    }
}
