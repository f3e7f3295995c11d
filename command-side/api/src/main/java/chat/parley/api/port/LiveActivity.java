package chat.parley.api.port;

import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.Optional;

/** When a connected or recently connected user was last active, as only that user's push node knows. */
@FunctionalInterface
public interface LiveActivity {
    /** Empty if the user is not connected. */
    Optional<Instant> lastActive(UserId user);
}
