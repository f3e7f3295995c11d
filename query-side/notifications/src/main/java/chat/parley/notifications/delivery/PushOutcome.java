package chat.parley.notifications.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a service did with a push. */
public sealed interface PushOutcome {
    record Accepted() implements PushOutcome {}

    /** There was nothing to tell any more, and it was not asked. */
    record Unneeded() implements PushOutcome {}

    /** Worth another try, not before {@code after} where the service says so. */
    record TryAgain(@Nullable Duration after) implements PushOutcome {}

    /**
     * The device is not reached there any more.
     *
     * @param since where the service says when that began
     */
    record Gone(@Nullable Instant since) implements PushOutcome {}

    /**
     * Trying again would change nothing.
     *
     * @param reason the service's code for it
     */
    record Rejected(String reason) implements PushOutcome {}
}
