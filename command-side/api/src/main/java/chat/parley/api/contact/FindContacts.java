package chat.parley.api.contact;

import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Contacts}: the user's contacts and open requests, oldest first, without those whom the user has blocked.
 * Who has blocked the user is in there, so that it does not tell them.
 */
public record FindContacts(UserId user) {
    public record Contacts(List<Contact> contacts) {}

    /** @param since when they came to be in this state */
    public record Contact(UserId user, ContactState state, Instant since) {}

    /** Answers {@link Standing}, whether or not either has blocked the other. */
    public record Between(UserId one, UserId other) {}

    /** @param state what {@code other} is to {@code one}; null for nothing */
    public record Standing(@Nullable ContactState state, Counts one, Counts other) {}

    /** How much of each a user has. */
    public record Counts(int contacts, int requested, int asked) {}
}
