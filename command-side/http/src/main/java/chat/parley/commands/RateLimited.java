package chat.parley.commands;

import java.time.Duration;

/** Too many requests; how long to wait is part of the answer. */
final class RateLimited extends RuntimeException {
    private final Duration retryAfter;

    RateLimited(Duration retryAfter) {
        super("rate-limited", null, false, false);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
