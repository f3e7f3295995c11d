package chat.parley.projections;

import chat.parley.api.AccountEvent;
import chat.parley.api.ContactEvent;
import chat.parley.api.KeyedHash;
import chat.parley.api.PresenceEvent;
import chat.parley.api.TextProtection;
import java.util.List;

/** Accounts, contacts and presences: events that are rare enough to share a processor. */
final class PeopleWriter implements BatchWriter {
    private final AccountsWriter accounts;
    private final ContactsWriter contacts;
    private final PresenceWriter presences;

    PeopleWriter(ReadModelStore store, TextProtection protection, KeyedHash hash) {
        this.accounts = new AccountsWriter(store, protection, hash);
        this.contacts = new ContactsWriter(store);
        this.presences = new PresenceWriter(store);
    }

    @Override
    public void write(List<Occurrence> occurrences) {
        accounts.write(of(AccountEvent.class, occurrences));
        contacts.write(of(ContactEvent.class, occurrences));
        presences.write(of(PresenceEvent.class, occurrences));
    }

    private static List<Occurrence> of(Class<?> type, List<Occurrence> occurrences) {
        return occurrences.stream()
                .filter(occurrence -> type.isInstance(occurrence.payload()))
                .toList();
    }
}
