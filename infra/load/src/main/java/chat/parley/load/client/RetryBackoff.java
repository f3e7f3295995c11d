package chat.parley.load.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: doubling, half to one and a half of it at random, so that 15,000 clients do not
 * come back as one. Counts from the first failure since the last success.
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

    /** Milliseconds to wait after one more failure. */
    long failed() {
        if (failures == 0) {
            firstFailureNanos = System.nanoTime();
        }
        long step = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return step / 2 + ThreadLocalRandom.current().nextLong(step + 1);
    }

    /** Milliseconds to wait after what was no failure. */
    long soon() {
        return ThreadLocalRandom.current().nextLong(FIRST_MS);
    }

    boolean isExhausted() {
        return failures > 0 && System.nanoTime() - firstFailureNanos > patience.toNanos();
    }
}
