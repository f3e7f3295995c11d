package chat.parley.notifications.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of sending a notification. */
public sealed interface PushOutcome {
    record Accepted() implements PushOutcome {}

    /** There was nothing to send any more; the service was not contacted. */
    record Unneeded() implements PushOutcome {}

    /** A temporary failure. The next attempt must wait for {@code after} if the service names a time. */
    record TryAgain(@Nullable Duration after) implements PushOutcome {}

    /**
     * The device is no longer reachable at this address.
     *
     * @param since since when, if the service tells
     */
    record Gone(@Nullable Instant since) implements PushOutcome {}

    /**
     * A permanent failure.
     *
     * @param reason the service's error code
     */
    record Rejected(String reason) implements PushOutcome {}
}
