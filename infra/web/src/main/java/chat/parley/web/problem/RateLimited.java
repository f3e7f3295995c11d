package chat.parley.web.problem;

import chat.parley.api.Refusal;
import java.time.Duration;

/** Too many requests. The answer contains the time to wait. */
public final class RateLimited extends RuntimeException {
    private final Duration retryAfter;
    private final String detail;

    public RateLimited(Duration retryAfter) {
        this(retryAfter, Refusal.RATE_LIMITED.title());
    }

    /** @param detail one sentence, if the limit is not on the number of the client's requests */
    public RateLimited(Duration retryAfter, String detail) {
        super("rate-limited", null, false, false);
        this.retryAfter = retryAfter;
        this.detail = detail;
    }

    String detail() {
        return detail;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
