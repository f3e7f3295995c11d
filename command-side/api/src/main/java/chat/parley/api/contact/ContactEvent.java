package chat.parley.api.contact;

import chat.parley.api.account.UserId;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Events of the relationship of two users. {@link #at()} never decreases within a pair and is in whole milliseconds.
 */
public sealed interface ContactEvent {
    ContactId contact();

    /** The acting user. */
    UserId by();

    /** The other user. */
    UserId with();

    Instant at();

    @Revision("1")
    record ContactRequested(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}

    /** {@code by} accepted the request of {@code with}; both are contacts now. */
    @Revision("1")
    record ContactAccepted(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}

    /** {@code by} declined the request of {@code with}. */
    @Revision("1")
    record ContactDeclined(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}

    /** {@code by} withdrew their own request. */
    @Revision("1")
    record ContactWithdrawn(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}

    @Revision("1")
    record ContactRemoved(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}
}
