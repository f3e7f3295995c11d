package chat.parley.projections.account;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.contact.ContactsWriter;
import chat.parley.projections.presence.PresenceWriter;
import chat.parley.projections.store.ReadModelStore;
import java.util.List;
import java.util.function.Consumer;

/** Writes accounts, contacts and presences. Their events are rare enough to share one processor. */
public final class UserProjectionWriter implements BatchWriter {
    private final AccountsWriter accounts;
    private final ContactsWriter contacts;
    private final PresenceWriter presences;

    /** @param erased is told each erased user of whom the read model has dropped the names; may be told again */
    public UserProjectionWriter(
            ReadModelStore store, TextProtection protection, KeyedHash hash, Consumer<UserId> erased) {
        this.accounts = new AccountsWriter(store, protection, hash, erased);
        this.contacts = new ContactsWriter(store);
        this.presences = new PresenceWriter(store);
    }

    @Override
    public void write(List<RecordedEvent> batch) {
        accounts.write(of(AccountEvent.class, batch));
        contacts.write(of(ContactEvent.class, batch));
        presences.write(of(PresenceEvent.class, batch));
    }

    private static List<RecordedEvent> of(Class<?> type, List<RecordedEvent> batch) {
        return batch.stream()
                .filter(recorded -> type.isInstance(recorded.payload()))
                .toList();
    }
}
