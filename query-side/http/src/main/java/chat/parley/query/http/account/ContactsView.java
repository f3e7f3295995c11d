package chat.parley.query.http.account;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactState;
import chat.parley.wire.Kebab;
import java.time.Instant;
import java.util.List;

/** The contacts and open requests of the caller. */
record ContactsView(List<Contact> contacts) {
    /** @param state {@code contact}; {@code requested} by the caller, {@code asked} by the other user */
    record Contact(UserId user, @Kebab ContactState state, Instant since) {}
}
