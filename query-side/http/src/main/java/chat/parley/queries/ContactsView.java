package chat.parley.queries;

import chat.parley.api.ContactState;
import chat.parley.api.UserId;
import chat.parley.wire.Kebab;
import java.time.Instant;
import java.util.List;

/** One's contacts and open requests. */
record ContactsView(List<Contact> contacts) {
    /** @param state {@code contact}; {@code requested} by oneself, {@code asked} by them */
    record Contact(UserId user, @Kebab ContactState state, Instant since) {}
}
