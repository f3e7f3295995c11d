package chat.parley.projections.contact;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactState;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.contact.FindContacts.Contact;
import chat.parley.api.contact.FindContacts.Contacts;
import chat.parley.api.contact.FindContacts.Counts;
import chat.parley.api.contact.FindContacts.Standing;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Answers queries for contacts. */
public final class ContactQueries {
    private final ReadModelAnswers answers;

    public ContactQueries(ReadModelAnswers answers) {
        this.answers = answers;
    }

    @QueryHandler
    public Contacts handle(FindContacts query) {
        ReadModelStore store = answers.store();
        String user = query.user().value();
        List<Contact> contacts = contacts(ReadModelStore.one(store.contacts(), user, null));
        if (contacts.isEmpty()) {
            return new Contacts(contacts);
        }
        Document account = ReadModelStore.one(store.accounts(), user, Projections.include("b"));
        Document blocked = account == null ? new Document() : DocumentFields.sub(account, "b");
        return new Contacts(contacts.stream()
                .filter(contact -> !blocked.containsKey(contact.user().value()))
                .sorted(Comparator.comparing(Contact::since)
                        .thenComparing(contact -> contact.user().value()))
                .toList());
    }

    @QueryHandler
    public Standing handle(FindContacts.Between query) {
        Map<String, Document> documents = ReadModelStore.small(
                answers.store().contacts(),
                List.of(query.one().value(), query.other().value()),
                null);
        List<Contact> ofOne = contacts(documents.get(query.one().value()));
        List<Contact> ofOther = contacts(documents.get(query.other().value()));
        ContactState state = ofOne.stream()
                .filter(contact -> contact.user().equals(query.other()))
                .map(Contact::state)
                .findFirst()
                .orElse(null);
        return new Standing(state, counts(ofOne), counts(ofOther));
    }

    private static Counts counts(Collection<Contact> contacts) {
        return new Counts(
                count(contacts, ContactState.CONTACT),
                count(contacts, ContactState.REQUESTED),
                count(contacts, ContactState.ASKED));
    }

    private static int count(Collection<Contact> contacts, ContactState state) {
        return Math.toIntExact(
                contacts.stream().filter(contact -> contact.state() == state).count());
    }

    private static List<Contact> contacts(@Nullable Document document) {
        if (document == null) {
            return List.of();
        }
        Document others = DocumentFields.sub(document, "c");
        return others.keySet().stream()
                .map(other -> contact(new UserId(other), DocumentFields.sub(others, other)))
                .toList();
    }

    private static Contact contact(UserId other, Document kept) {
        return new Contact(
                other,
                ContactState.valueOf(kept.getString("s")),
                Instant.ofEpochMilli(DocumentFields.longOf(kept, "t")));
    }
}
