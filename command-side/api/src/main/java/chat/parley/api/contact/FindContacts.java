package chat.parley.api.contact;

import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Contacts}: the user's contacts and open requests, oldest first, without users whom the user has
 * blocked. Users who have blocked this user are included, because leaving them out would reveal the block.
 */
public record FindContacts(UserId user) {
    public record Contacts(List<Contact> contacts) {}

    /** @param since when this state began */
    public record Contact(UserId user, ContactState state, Instant since) {}

    /** Answers {@link Standing}, regardless of blocks. */
    public record Between(UserId one, UserId other) {}

    /** @param state state of {@code other} as {@code one} sees it; null for none */
    public record Standing(@Nullable ContactState state, Counts one, Counts other) {}

    /** Numbers of a user's contacts, sent requests and received requests. */
    public record Counts(int contacts, int requested, int asked) {}
}
