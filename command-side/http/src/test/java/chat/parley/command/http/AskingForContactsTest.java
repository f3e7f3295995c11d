package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.contact.ContactEvent.ContactAccepted;
import chat.parley.api.contact.ContactEvent.ContactRequested;
import chat.parley.api.contact.ContactId;
import chat.parley.api.port.KeyedHash;
import chat.parley.command.http.contact.ContactPolicy;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.domain.Contact;
import chat.parley.testing.HttpAnswer;
import java.time.Instant;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AskingForContactsTest extends ServerTest {
    @Autowired
    KeyedHash hash;

    @Autowired
    ReadModelClient readModel;

    @Test
    void isAnsweredByARequestInReturn() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        HttpAnswer asked = ask(alice, bob).is(200);
        assertThat(asked.text("user")).isEqualTo(bob.id());
        assertThat(asked.text("state")).isEqualTo("requested");
        assertThat(ask(bob, alice).is(200).text("state")).isEqualTo("contact");
        ContactId pair = hash.contact(new UserId(alice.id()), new UserId(bob.id()));
        assertThat(aggregates.stored(ContactEvent.class))
                .filteredOn(event -> event.contact().equals(pair))
                .hasExactlyElementsOfTypes(ContactRequested.class, ContactAccepted.class);
    }

    @Test
    void needsAnotherExistingUser() {
        LoggedInUser alice = somebody();
        ask(alice, alice).isRefused(Refusal.SELF_NOT_ALLOWED);
        delete(alice.accessToken(), "/users/me/contacts/" + alice.id()).isRefused(Refusal.SELF_NOT_ALLOWED);
        put(alice.accessToken(), "/users/me/contacts/nobody").isRefused(Refusal.USER_NOT_FOUND);
        put(alice.accessToken(), "/users/me/contacts/no+body").isRefused(Refusal.INVALID_ID);
        put(null, "/users/me/contacts/" + alice.id()).isRefused(Refusal.UNAUTHENTICATED);
    }

    @Test
    void isRefusedIfTheOtherUserHasTooManyRequests() {
        LoggedInUser alice = somebody();
        LoggedInUser popular = somebody();
        happened(ContactPolicy.MAX_OPEN_REQUESTS, popular, (me, other) -> requested(other, me));
        ask(alice, popular).isRefused(Refusal.CONTACT_REFUSED);
    }

    @Test
    void isRefusedAtTheLimitOfRequestsAndContacts() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        happened(ContactPolicy.MAX_OPEN_REQUESTS, alice, this::requested);
        ask(alice, bob).isRefused(Refusal.LIMIT_EXCEEDED);

        // An existing request does not count again.
        ask(bob, alice).is(200);
        assertThat(ask(alice, bob).is(200).text("state")).isEqualTo("contact");

        LoggedInUser carol = somebody();
        happened(ContactPolicy.MAX_CONTACTS, carol, (me, other) -> accepted(other, me));
        ask(carol, bob).isRefused(Refusal.LIMIT_EXCEEDED);
        ask(bob, carol).isRefused(Refusal.CONTACT_REFUSED);
    }

    @Test
    void isLimitedByTheHour() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        for (int i = 0; i < 100; i++) {
            ask(alice, bob).is(200);
        }
        ask(alice, bob).isRefused(Refusal.RATE_LIMITED);
        delete(alice.accessToken(), "/users/me/contacts/" + bob.id()).is(204);
        ask(bob, alice).is(200);
    }

    private HttpAnswer ask(LoggedInUser by, LoggedInUser with) {
        return put(by.accessToken(), "/users/me/contacts/" + with.id());
    }

    private void happened(int times, LoggedInUser person, BiFunction<UserId, UserId, ContactEvent> what) {
        for (int i = 0; i < times; i++) {
            ContactEvent event = what.apply(new UserId(person.id()), new UserId("stranger-" + i));
            aggregates.happened(Contact.class, event.contact(), event);
        }
        readModel.catchUp();
    }

    private ContactEvent requested(UserId by, UserId with) {
        return new ContactRequested(hash.contact(by, with), by, with, Instant.EPOCH);
    }

    private ContactEvent accepted(UserId by, UserId with) {
        return new ContactAccepted(hash.contact(by, with), by, with, Instant.EPOCH);
    }
}
