package chat.parley.projections;

import chat.parley.api.account.UserId;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.eventprocessing.processor.ProcessorExecutors;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.projections.account.AccountQueries;
import chat.parley.projections.account.UserProjectionWriter;
import chat.parley.projections.contact.ContactQueries;
import chat.parley.projections.entry.EntryQueries;
import chat.parley.projections.inbox.InboxQueries;
import chat.parley.projections.inbox.InboxWriter;
import chat.parley.projections.presence.PresenceQueries;
import chat.parley.projections.processing.EventGroup;
import chat.parley.projections.processing.ReadSideProperties;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.query.ReadModelSignals;
import chat.parley.projections.store.ReadModelStore;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeTextProtection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One generation without processors: tests write batches and send queries. */
final class ReadModelHolder {
    static final ReadSideProperties PROPERTIES = new ReadSideProperties(
            2,
            50,
            Duration.ofMillis(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ZERO);

    final MongoDatabase database = Mongo.database();
    final ReadModelStore store;
    /** The users of whom the read model has reported that it dropped their names. */
    final Set<UserId> erased = new HashSet<>();

    final InboxWriter inbox;
    final UserProjectionWriter accounts;
    final ReadModelAnswers answers;
    final EntryQueries entries;
    final InboxQueries inboxes;
    final AccountQueries people;
    final ContactQueries contacts;
    final PresenceQueries presences;
    final FakeTextProtection text = FakeTextProtection.legible();
    private final FakeKeyedHash hash = new FakeKeyedHash();

    ReadModelHolder() {
        ReadModelSignals signals = new ReadModelSignals();
        store = new ReadModelStore(database, "g1");
        inbox = new InboxWriter(store, signals::headMoved);
        accounts = new UserProjectionWriter(store, text, hash, erased::add);
        RunningGeneration<ReadModelStore> generation =
                new RunningGeneration<>(1, store, List.of(), new ProcessorExecutors("test-", "test-", 1));
        EventHead head = new EventHead(new ReadSide.Data().events);
        answers = new ReadModelAnswers(() -> generation, head, signals, PROPERTIES);
        entries = new EntryQueries(answers);
        inboxes = new InboxQueries(answers);
        people = new AccountQueries(answers, text, hash);
        contacts = new ContactQueries(answers);
        presences = new PresenceQueries(answers);
    }

    /** Writes these events to the parts of both event groups. */
    void write(List<RecordedEvent> events) {
        write(inbox, EventGroup.INBOX, events);
        write(accounts, EventGroup.ACCOUNTS, events);
    }

    private static void write(BatchWriter writer, EventGroup group, List<RecordedEvent> events) {
        List<RecordedEvent> some = events.stream()
                .filter(recorded -> group.includes(recorded.payload().getClass()))
                .toList();
        if (!some.isEmpty()) {
            writer.write(some);
        }
    }
}
