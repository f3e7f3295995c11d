package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.contact.ContactEvent.ContactAccepted;
import chat.parley.api.contact.ContactEvent.ContactDeclined;
import chat.parley.api.contact.ContactEvent.ContactRemoved;
import chat.parley.api.contact.ContactEvent.ContactRequested;
import chat.parley.api.contact.ContactEvent.ContactWithdrawn;
import chat.parley.api.contact.ContactId;
import chat.parley.api.contact.ContactState;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.contact.FindContacts.Contact;
import chat.parley.api.contact.FindContacts.Counts;
import chat.parley.api.contact.FindContacts.Standing;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class ContactsTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final UserId CLEO = new UserId("cleo");
    private static final UserId DAN = new UserId("dan");
    private static final List<UserId> ALL = List.of(ANN, BEN, CLEO, DAN);

    private ReadModelHolder model = new ReadModelHolder();
    private EventHistoryFixture history = new EventHistoryFixture();

    private static ContactId pair(UserId one, UserId other) {
        return new ContactId(one.value().compareTo(other.value()) < 0 ? one + "-" + other : other + "-" + one);
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }

    private void request(UserId by, UserId with, int second) {
        history.add(new ContactRequested(pair(by, with), by, with, at(second)));
    }

    private void accept(UserId by, UserId with, int second) {
        history.add(new ContactAccepted(pair(by, with), by, with, at(second)));
    }

    private List<Contact> contacts(UserId user) {
        return model.contacts.handle(new FindContacts(user)).contacts();
    }

    @Example
    void areShownToEachUserInTheirCurrentState() {
        request(DAN, ANN, 3);
        request(ANN, CLEO, 2);
        request(BEN, ANN, 1);
        accept(ANN, BEN, 4);
        model.write(history.events());

        assertThat(contacts(ANN))
                .containsExactly(
                        new Contact(CLEO, ContactState.REQUESTED, at(2)),
                        new Contact(DAN, ContactState.ASKED, at(3)),
                        new Contact(BEN, ContactState.CONTACT, at(4)));
        assertThat(contacts(BEN)).containsExactly(new Contact(ANN, ContactState.CONTACT, at(4)));
        assertThat(contacts(CLEO)).containsExactly(new Contact(ANN, ContactState.ASKED, at(2)));
        assertThat(model.contacts.handle(new FindContacts.Between(ANN, DAN)))
                .isEqualTo(new Standing(ContactState.ASKED, new Counts(1, 1, 1), new Counts(0, 1, 0)));
        assertThat(model.contacts.handle(new FindContacts.Between(BEN, new UserId("eve"))))
                .isEqualTo(new Standing(null, new Counts(1, 0, 0), new Counts(0, 0, 0)));
    }

    @Example
    void areHiddenOnlyFromTheBlockingUser() {
        request(BEN, ANN, 1);
        accept(ANN, BEN, 2);
        history.add(new UserBlocked(ANN, BEN, at(3)));
        model.write(history.events());

        assertThat(contacts(ANN)).isEmpty();
        assertThat(contacts(BEN)).containsExactly(new Contact(ANN, ContactState.CONTACT, at(2)));
        assertThat(model.contacts.handle(new FindContacts.Between(ANN, BEN)).one())
                .isEqualTo(new Counts(1, 0, 0));
    }

    /** Each number is an action of one user towards another, if it is possible. */
    @Property(tries = 30)
    void areIdempotentForRepeatedEvents(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 4 * 4 * 2 - 1) Integer> numbers,
            @ForAll @Size(max = 8) List<@IntRange(min = -20, max = 20) Integer> steps) {
        model = new ReadModelHolder();
        history = new EventHistoryFixture();
        Map<ContactId, ContactEvent> last = new HashMap<>();
        for (int number : numbers) {
            UserId by = ALL.get(number % 4);
            UserId with = ALL.get(number / 4 % 4);
            if (!by.equals(with)) {
                ContactEvent next = next(last.get(pair(by, with)), by, with, number / 16 == 0);
                history.add(next);
                last.put(next.contact(), next);
            }
        }
        List<RecordedEvent> all = history.events();
        int reached = 0;
        for (int step : steps) {
            int from = Math.max(0, Math.min(reached, reached + step));
            int to = Math.min(all.size(), Math.max(reached, from + Math.abs(step)));
            model.write(all.subList(from, to));
            reached = to;
        }
        model.write(all.subList(reached, all.size()));
        assertThat(shown()).isEqualTo(expected(last));
        model.write(all);
        assertThat(shown()).isEqualTo(expected(last));
    }

    private static ContactEvent next(@Nullable ContactEvent before, UserId by, UserId with, boolean towards) {
        ContactId pair = pair(by, with);
        return switch (before) {
            case ContactRequested asked when asked.by().equals(by) -> new ContactWithdrawn(pair, by, with, at(1));
            case ContactRequested _ ->
                towards ? new ContactAccepted(pair, by, with, at(1)) : new ContactDeclined(pair, by, with, at(1));
            case ContactAccepted _ -> new ContactRemoved(pair, by, with, at(1));
            case null, default -> new ContactRequested(pair, by, with, at(1));
        };
    }

    private Map<UserId, Map<UserId, ContactState>> shown() {
        Map<UserId, Map<UserId, ContactState>> shown = new HashMap<>();
        for (UserId user : ALL) {
            contacts(user)
                    .forEach(contact ->
                            shown.computeIfAbsent(user, _ -> new HashMap<>()).put(contact.user(), contact.state()));
        }
        return shown;
    }

    private static Map<UserId, Map<UserId, ContactState>> expected(Map<ContactId, ContactEvent> last) {
        Map<UserId, Map<UserId, ContactState>> expected = new HashMap<>();
        for (ContactEvent event : last.values()) {
            boolean asked = event instanceof ContactRequested;
            if (asked || event instanceof ContactAccepted) {
                expected.computeIfAbsent(event.by(), _ -> new HashMap<>())
                        .put(event.with(), asked ? ContactState.REQUESTED : ContactState.CONTACT);
                expected.computeIfAbsent(event.with(), _ -> new HashMap<>())
                        .put(event.by(), asked ? ContactState.ASKED : ContactState.CONTACT);
            }
        }
        return expected;
    }
}
