package chat.parley.push;

import chat.parley.api.FindPresence.OpenDevices;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * After a start, devices that were connected before are taken for connected: they have the grace time to come back, and
 * until it is over nobody is told anything.
 */
final class PresenceRecovery implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PresenceRecovery.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PresenceModel readModel;
    private final Presences presences;
    private final Fanout fanout;
    private volatile @Nullable Thread worker;

    PresenceRecovery(PresenceModel readModel, Presences presences, Fanout fanout) {
        this.readModel = readModel;
        this.presences = presences;
        this.fanout = fanout;
    }

    @Override
    public void start() {
        long index = fanout.processed();
        worker = Thread.ofVirtual().name("parley-presence-recovery").start(() -> recover(index));
    }

    private void recover(long index) {
        String after = null;
        int devices = 0;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                OpenDevices page = readModel.openDevices(after, index);
                page.devices().forEach(presences::inherited);
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
