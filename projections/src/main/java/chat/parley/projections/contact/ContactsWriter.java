package chat.parley.projections.contact;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.contact.ContactEvent.ContactAccepted;
import chat.parley.api.contact.ContactEvent.ContactDeclined;
import chat.parley.api.contact.ContactEvent.ContactRemoved;
import chat.parley.api.contact.ContactEvent.ContactRequested;
import chat.parley.api.contact.ContactEvent.ContactWithdrawn;
import chat.parley.api.contact.ContactState;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.store.BulkWrites;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/** Writes the contacts of both users from the events of each pair. */
public final class ContactsWriter implements BatchWriter {
    private final ReadModelStore store;

    public ContactsWriter(ReadModelStore store) {
        this.store = store;
    }

    @Override
    public void write(List<RecordedEvent> batch) {
        Map<UserId, ContactsFold> folds = load(batch);
        for (RecordedEvent recorded : batch) {
            ContactEvent event = (ContactEvent) recorded.payload();
            apply(event, recorded.position(), fold(folds, event.by()), fold(folds, event.with()));
        }
        BulkWrites.write(
                store.contacts(),
                folds.values().stream()
                        .filter(ContactsFold::isChanged)
                        .map(ContactsFold::write)
                        .toList());
    }

    private static void apply(ContactEvent event, long position, ContactsFold by, ContactsFold with) {
        switch (event) {
            case ContactRequested e -> {
                by.become(e.with(), ContactState.REQUESTED, position, e.at());
                with.become(e.by(), ContactState.ASKED, position, e.at());
            }
            case ContactAccepted e -> {
                by.become(e.with(), ContactState.CONTACT, position, e.at());
                with.become(e.by(), ContactState.CONTACT, position, e.at());
            }
            case ContactDeclined _, ContactWithdrawn _, ContactRemoved _ -> {
                by.end(event.with(), position);
                with.end(event.by(), position);
            }
        }
    }

    private static ContactsFold fold(Map<UserId, ContactsFold> folds, UserId user) {
        ContactsFold fold = folds.get(user);
        if (fold == null) {
            throw new IllegalStateException(user + " was not loaded");
        }
        return fold;
    }

    private Map<UserId, ContactsFold> load(List<RecordedEvent> batch) {
        Set<UserId> users = new LinkedHashSet<>();
        for (RecordedEvent recorded : batch) {
            ContactEvent event = (ContactEvent) recorded.payload();
            users.add(event.by());
            users.add(event.with());
        }
        List<String> versions = users.stream().map(user -> "c." + user + ".v").toList();
        Map<String, Document> documents = ReadModelStore.small(
                store.contacts(), users.stream().map(UserId::value).toList(), Projections.include(versions));
        Map<UserId, ContactsFold> folds = new LinkedHashMap<>();
        users.forEach(user ->
                folds.put(user, new ContactsFold(user, documents.getOrDefault(user.value(), new Document()))));
        return folds;
    }
}
