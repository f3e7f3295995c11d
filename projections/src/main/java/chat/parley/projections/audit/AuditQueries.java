package chat.parley.projections.audit;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.FindConversationAt;
import chat.parley.api.audit.FindConversationAt.State;
import chat.parley.api.audit.FindEntriesAt;
import chat.parley.api.audit.FindEntryAccess;
import chat.parley.api.audit.FindEntryAccess.Access;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.retention.FindParticipants;
import chat.parley.api.retention.FindParticipants.Participants;
import chat.parley.projections.conversation.EntryReader;
import chat.parley.projections.conversation.EntryView;
import chat.parley.projections.conversation.MessageChanges;
import chat.parley.projections.inbox.VisiblePositions;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;

/** Answers queries for conversations as they stood at a moment. Whoever asks has the right to see everything. */
public final class AuditQueries {
    /** Upper limit of entries per answer. */
    private static final int MAX_LIMIT = 1_000;

    private final StoredHistory history;
    private final ReadModelAnswers answers;

    public AuditQueries(EventStore events, ReadModelAnswers answers) {
        this.history = new StoredHistory(events);
        this.answers = answers;
    }

    @QueryHandler
    public State handle(FindConversationAt query) {
        Moment moment = new Moment(query.position(), query.at());
        PastConversation past = history.conversation(query.conversation(), moment, (position, event) -> {});
        Instant end = moment.end(past.at());
        past.members()
                .forEach(user -> history.readMarks(query.conversation(), user, end)
                        .forEach(recorded -> past.apply(recorded, (ReadMarkEvent) recorded.payload())));
        return past.state();
    }

    /**
     * The read model has the entries and their global indexes, which never change. It keeps only those edits that
     * somebody may still see, therefore the changes come from the events.
     */
    @QueryHandler
    public CompletableFuture<Entries> handle(FindEntriesAt query) {
        PastConversation past =
                history.conversation(query.conversation(), Moment.after(query.position()), (position, event) -> {});
        EntryView everything = past.everything();
        MessageChanges changes = past.changes();
        return answers.afterPosition(query.conversation(), query.position(), store -> {
            requireStored(query.conversation(), query.position(), store);
            EntryReader reader = new EntryReader(store, blockIds -> changes);
            return new Entries(reader.read(everything, wanted(query)), query.position());
        });
    }

    private static void requireStored(ConversationId id, long position, ReadModelStore store) {
        Document conversation = ReadModelStore.one(store.conversations(), id.value(), Projections.include("h"));
        if (conversation == null || DocumentFields.longOf(conversation, "h") < position) {
            throw new Refused(Refusal.RETRY_LATER);
        }
    }

    private static List<Span> wanted(FindEntriesAt query) {
        VisiblePositions window = new VisiblePositions(List.of(new Span(1, query.position())));
        int limit = Math.clamp(query.limit(), 1, MAX_LIMIT);
        if (query.after() != null) {
            return window.after(query.after(), limit);
        }
        return query.before() == null ? window.newest(limit) : window.before(query.before(), limit);
    }

    @QueryHandler
    public Access handle(FindEntryAccess query) {
        MessageAccess access = new MessageAccess(query.position());
        PastConversation now = history.conversation(query.conversation(), Moment.NOW, access::add);
        if (query.position() < 1 || query.position() > now.head()) {
            throw new Refused(Refusal.POSITION_NOT_FOUND);
        }
        access.requireMessage();
        return access.answer(now.views().values(), user -> marked(query, user));
    }

    @QueryHandler
    public Participants handle(FindParticipants query) {
        return new Participants(List.copyOf(history.participants(query.conversation())));
    }

    /** When the user's read mark first reached the message. */
    private Optional<Instant> marked(FindEntryAccess query, UserId user) {
        return history.readMarks(query.conversation(), user, Instant.MAX)
                .map(recorded -> (ReadMarkEvent) recorded.payload())
                .filter(event -> event instanceof ReadMarkMoved moved && moved.position() >= query.position())
                .map(ReadMarkEvent::at)
                .min(Instant::compareTo);
    }
}
