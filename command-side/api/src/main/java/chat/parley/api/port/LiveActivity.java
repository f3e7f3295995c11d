package chat.parley.api.port;

import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.Optional;

/** When users who are connected, or were a moment ago, last did something, which only their push node knows. */
@FunctionalInterface
public interface LiveActivity {
    /** Empty where the user is not there. */
    Optional<Instant> lastActive(UserId user);
}
