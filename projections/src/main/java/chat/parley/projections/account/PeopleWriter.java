package chat.parley.projections.account;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.projections.contact.ContactsWriter;
import chat.parley.projections.presence.PresenceWriter;
import chat.parley.projections.processing.BatchWriter;
import chat.parley.projections.processing.Occurrence;
import chat.parley.projections.store.ReadModelStore;
import java.util.List;

/** Accounts, contacts and presences: events that are rare enough to share a processor. */
public final class PeopleWriter implements BatchWriter {
    private final AccountsWriter accounts;
    private final ContactsWriter contacts;
    private final PresenceWriter presences;

    public PeopleWriter(ReadModelStore store, TextProtection protection, KeyedHash hash) {
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
