package chat.parley.projections;

import chat.parley.api.AccountEvent;
import chat.parley.api.ContactEvent;
import chat.parley.api.TextProtection;
import java.util.List;

/** Accounts and contacts: two kinds of events that are rare enough to share a processor. */
final class PeopleWriter implements BatchWriter {
    private final AccountsWriter accounts;
    private final ContactsWriter contacts;

    PeopleWriter(ReadModelStore store, TextProtection protection) {
        this.accounts = new AccountsWriter(store, protection);
        this.contacts = new ContactsWriter(store);
    }

    @Override
    public void write(List<Occurrence> occurrences) {
        accounts.write(of(AccountEvent.class, occurrences));
        contacts.write(of(ContactEvent.class, occurrences));
    }

    private static List<Occurrence> of(Class<?> type, List<Occurrence> occurrences) {
        return occurrences.stream()
                .filter(occurrence -> type.isInstance(occurrence.payload()))
                .toList();
    }
}
