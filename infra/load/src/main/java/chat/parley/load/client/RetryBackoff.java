package chat.parley.load.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with jitter between half and one and a half of the delay, so that 15,000 clients do not return in
 * step. The patience counts from the first failure after the last success.
 */
final class RetryBackoff {
    private static final long FIRST_MS = 50;
    private static final long LONGEST_MS = 5_000;
    private static final int MOST_DOUBLINGS = 10;

    private final Duration patience;
    private int failures;
    private long firstFailureNanos;

    RetryBackoff(Duration patience) {
        this.patience = patience;
    }

    void succeeded() {
        failures = 0;
    }

    /** The delay in milliseconds after a further failure. */
    long failed() {
        if (failures == 0) {
            firstFailureNanos = System.nanoTime();
        }
        long step = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return step / 2 + ThreadLocalRandom.current().nextLong(step + 1);
    }

    /** A short delay in milliseconds, for a reconnection that follows no failure. */
    long soon() {
        return ThreadLocalRandom.current().nextLong(FIRST_MS);
    }

    boolean isExhausted() {
        return failures > 0 && System.nanoTime() - firstFailureNanos > patience.toNanos();
    }
}
