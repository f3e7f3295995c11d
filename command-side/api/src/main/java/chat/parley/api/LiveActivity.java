package chat.parley.api;

import java.time.Instant;
import java.util.Optional;

/** When users who are connected now last did something, which only their push node knows. */
@FunctionalInterface
public interface LiveActivity {
    /** Empty where the user is not connected. */
    Optional<Instant> lastActive(UserId user);
}
