package chat.parley.vault.wrapping;

import chat.parley.api.process.RepeatingThread;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Encrypts the vault's rows under the current key encryption key that a former one still encrypts, in batches. What is
 * left after a stop, the next start continues. Several nodes take turns. Rows that a node with an older key file writes
 * later are found within a minute.
 */
public final class KeyRenewal implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KeyRenewal.class);

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    /** Batches between two lines in the log: 50,000 rows. */
    private static final int BATCHES_PER_REPORT = 100;

    private final Wrapping wrapping;
    private final RepeatingThread thread =
            new RepeatingThread("vault-key-renewal", Duration.ZERO, INTERVAL, STOP_LIMIT, this::renewAll, this::failed);
    private volatile long outdated;

    public KeyRenewal(Wrapping wrapping) {
        this.wrapping = wrapping;
        this.outdated = wrapping.outdated();
    }

    /** Rows that a former key encrypts, as of the last count. */
    public long outdated() {
        return outdated;
    }

    private void failed(RuntimeException failure) {
        log.warn(
                "The vault's rows could not be encrypted under the key \"{}\"; trying again in {} s",
                wrapping.keys().current(),
                INTERVAL.toSeconds(),
                failure);
    }

    /** Returns when no row is left, or the thread is stopped. */
    void renewAll() {
        outdated = wrapping.outdated();
        if (outdated == 0) {
            return;
        }
        String name = wrapping.keys().current();
        log.info("Encrypting {} keys and secrets of the vault under the key \"{}\"", outdated, name);
        for (int batches = 1; !Thread.currentThread().isInterrupted() && wrapping.renewBatch() > 0; batches++) {
            if (batches % BATCHES_PER_REPORT == 0) {
                outdated = wrapping.outdated();
                log.info("{} keys and secrets of the vault are still to be encrypted under \"{}\"", outdated, name);
            }
        }
        outdated = wrapping.outdated();
        if (outdated == 0) {
            log.info(
                    "All keys and secrets of the vault are encrypted under the key \"{}\";"
                            + " other lines of the key file may be removed once it is the first line on every node",
                    name);
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }
}
