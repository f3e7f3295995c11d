package chat.parley.projections.audit;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.EntryWindow;
import chat.parley.api.audit.FindConversationAt;
import chat.parley.api.audit.FindConversationAt.Past;
import chat.parley.api.audit.FindConversationAt.State;
import chat.parley.api.audit.FindConversationChanges;
import chat.parley.api.audit.FindConversationChanges.Changes;
import chat.parley.api.audit.FindEntryAccess;
import chat.parley.api.audit.FindEntryAccess.Access;
import chat.parley.api.audit.Moment;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
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
    public CompletableFuture<Past> handle(FindConversationAt query) {
        ConversationHistory conversation = new ConversationHistory(history.log(query.conversation()));
        State state = conversation.at(query.moment());
        return entries(conversation.last(), state, query.entries()).thenApply(entries -> new Past(state, entries));
    }

    @QueryHandler
    public CompletableFuture<Changes> handle(FindConversationChanges query) {
        ConversationHistory conversation = new ConversationHistory(history.log(query.conversation()));
        State from = conversation.at(query.from());
        State to = conversation.at(query.to());
        long after = query.after() == null ? from.position() : Math.max(query.after(), from.position());
        return entries(conversation.last(), to, EntryWindow.after(after, query.limit()))
                .thenApply(entries -> new Changes(from, to, entries));
    }

    /**
     * The read model has the entries and their global indexes, which never change. It keeps only those edits that
     * somebody may still see, therefore the changes come from the events.
     */
    private CompletableFuture<List<RecordedEntry>> entries(PastConversation past, State state, EntryWindow window) {
        EntryView everything = past.everything();
        MessageChanges changes = past.changes();
        ConversationId id = state.conversation();
        return answers.afterPosition(id, state.position(), store -> {
            requireStored(id, state.position(), store);
            EntryReader reader = new EntryReader(store, blockIds -> changes);
            return reader.read(everything, wanted(window, state.position()));
        });
    }

    private static void requireStored(ConversationId id, long position, ReadModelStore store) {
        Document conversation = ReadModelStore.one(store.conversations(), id.value(), Projections.include("h"));
        if (conversation == null || DocumentFields.longOf(conversation, "h") < position) {
            throw new Refused(Refusal.RETRY_LATER);
        }
    }

    private static List<Span> wanted(EntryWindow window, long position) {
        VisiblePositions positions = new VisiblePositions(List.of(new Span(1, position)));
        int limit = Math.clamp(window.limit(), 1, MAX_LIMIT);
        if (window.after() != null) {
            return positions.after(window.after(), limit);
        }
        return window.before() == null ? positions.newest(limit) : positions.before(window.before(), limit);
    }

    @QueryHandler
    public Access handle(FindEntryAccess query) {
        MessageAccess access = new MessageAccess(query.position());
        StoredHistory.Log log = history.log(query.conversation());
        PastConversation now = log.beginning();
        log.readTo(Moment.NOW, now, access::add);
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
        return history.readMarks(query.conversation(), user)
                .map(recorded -> (ReadMarkEvent) recorded.payload())
                .filter(event -> event instanceof ReadMarkMoved moved && moved.position() >= query.position())
                .map(ReadMarkEvent::at)
                .min(Instant::compareTo);
    }
}
