package chat.parley.notifications;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a service did with a push. */
sealed interface Outcome {
    record Accepted() implements Outcome {}

    /** There was nothing to tell any more, and it was not asked. */
    record Unneeded() implements Outcome {}

    /** Worth another try, not before {@code after} where the service says so. */
    record TryAgain(@Nullable Duration after) implements Outcome {}

    /**
     * The device is not reached there any more.
     *
     * @param since where the service says when that began
     */
    record Gone(@Nullable Instant since) implements Outcome {}

    /**
     * Trying again would change nothing.
     *
     * @param reason the service's code for it
     */
    record Rejected(String reason) implements Outcome {}
}
