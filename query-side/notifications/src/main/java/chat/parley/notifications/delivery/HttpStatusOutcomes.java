package chat.parley.notifications.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Maps HTTP statuses of push services to outcomes. */
final class HttpStatusOutcomes {
    private static final int TOO_MANY_REQUESTS = 429;

    private HttpStatusOutcomes() {}

    static PushOutcome outcome(int status, @Nullable String retryAfter, Instant now) {
        if (status / 100 == 2) {
            return new PushOutcome.Accepted();
        }
        if (status == TOO_MANY_REQUESTS || status / 100 == 5) {
            return new PushOutcome.TryAgain(RetryAfter.parse(retryAfter, now));
        }
        return new PushOutcome.Rejected(Integer.toString(status));
    }
}
