package chat.parley.api.contact;

import chat.parley.api.account.UserId;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What happens between two people. {@link #at()} never goes back within a pair and is in whole milliseconds. */
public sealed interface ContactEvent {
    ContactId contact();

    /** Who did it. */
    UserId by();

    /** The other of the two. */
    UserId with();

    Instant at();

    @Revision("1")
    record ContactRequested(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}

    /** {@code with} had asked; from now on each is a contact of the other. */
    @Revision("1")
    record ContactAccepted(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}

    /** {@code with} had asked. */
    @Revision("1")
    record ContactDeclined(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}

    /** {@code by} had asked. */
    @Revision("1")
    record ContactWithdrawn(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}

    @Revision("1")
    record ContactRemoved(ContactId contact, UserId by, UserId with, Instant at) implements ContactEvent {}
}
