package chat.parley.notifications;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the HTTP status of a push service means where the service says no more than that. */
final class HttpAnswers {
    private static final int TOO_MANY_REQUESTS = 429;

    private HttpAnswers() {}

    static Outcome outcome(int status, @Nullable String retryAfter, Instant now) {
        if (status / 100 == 2) {
            return new Outcome.Accepted();
        }
        if (status == TOO_MANY_REQUESTS || status / 100 == 5) {
            return new Outcome.TryAgain(RetryAfter.parse(retryAfter, now));
        }
        return new Outcome.Rejected(Integer.toString(status));
    }
}
