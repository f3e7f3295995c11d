package chat.parley.notifications.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the HTTP status of a push service means where the service says no more than that. */
final class HttpAnswers {
    private static final int TOO_MANY_REQUESTS = 429;

    private HttpAnswers() {}

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
