package chat.parley.query.http.account;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactState;
import chat.parley.wire.Kebab;
import java.time.Instant;
import java.util.List;

/** One's contacts and open requests. */
record ContactsView(List<Contact> contacts) {
    /** @param state {@code contact}; {@code requested} by oneself, {@code asked} by them */
    record Contact(UserId user, @Kebab ContactState state, Instant since) {}
}
