package chat.parley.projections.conversation;

import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.FindSentMessage;
import chat.parley.api.conversation.FindSentMessage.Answer;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.projections.inbox.MemberView;
import chat.parley.projections.inbox.MemberViews;
import chat.parley.projections.inbox.VisibleWindow;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.store.Docs;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;

/** What was said, to those who may see it. */
public final class EntryQueries {
    /** More than any edge asks for; no question makes an answer without bounds. */
    private static final int MAX_LIMIT = 1_000;

    private final SentLookup sends = new SentLookup();
    private final ReadModelAnswers answers;

    public EntryQueries(ReadModelAnswers answers) {
        this.answers = answers;
    }

    @QueryHandler
    public CompletableFuture<Entries> handle(FindEntries query) {
        Long minPosition = query.minPosition();
        return minPosition == null
                ? answers.certain(store -> entries(query, store))
                : answers.afterPosition(query.conversation(), minPosition, store -> entries(query, store));
    }

    private static Entries entries(FindEntries query, ReadModelStore store) {
        MemberView seat = new MemberViews(store).required(query.user(), query.conversation());
        VisibleWindow window =
                VisibleWindow.of(seat.visibility(), seat.conversation().head());
        List<Span> wanted = wanted(query, window, bounded(query.limit()));
        return new Entries(new EntryReader(store).read(seat, wanted), seat.lastVisible());
    }

    private static List<Span> wanted(FindEntries query, VisibleWindow window, int limit) {
        if (query.after() != null) {
            return window.after(query.after(), limit);
        }
        if (query.before() != null) {
            return window.before(query.before(), limit);
        }
        return query.around() == null ? window.newest(limit) : window.around(query.around(), limit);
    }

    @QueryHandler
    public Entries handle(FindMissed query) {
        ReadModelStore store = answers.store();
        MemberView seat = new MemberViews(store).required(query.user(), query.conversation());
        int limit = bounded(query.limit());
        VisibleWindow window =
                VisibleWindow.of(seat.visibility(), seat.conversation().head());
        EntryReader reader = new EntryReader(store);
        List<RecordedEntry> missed = List.of();
        if (query.position() > 0 || query.afterIndex() < 0) {
            missed = missed(query, seat, reader, window.after(query.position(), limit));
        }
        if (missed.isEmpty() && query.afterIndex() >= 0) {
            // What comes right after that position may all be of before that index.
            long start = reader.startOfPageWith(query.conversation(), query.afterIndex(), seat.lastVisible());
            long from = Math.max(query.position(), start - 1);
            // Less than a page of what is read from there can be of before that index.
            missed = missed(query, seat, reader, window.after(from, limit + PagePlace.PAGE_SIZE));
        }
        return new Entries(missed, seat.lastVisible());
    }

    private static List<RecordedEntry> missed(
            FindMissed query, MemberView seat, EntryReader reader, List<Span> wanted) {
        return reader.read(seat, wanted, query.afterIndex(), query.throughIndex(), bounded(query.limit()));
    }

    private static int bounded(int limit) {
        return Math.clamp(limit, 1, MAX_LIMIT);
    }

    @QueryHandler
    public Answer handle(FindSentMessage query) {
        ReadModelStore store = answers.store();
        Document conversation =
                ReadModelStore.one(store.conversations(), query.conversation().value(), Projections.include("h"));
        if (conversation == null) {
            return new Answer(false, 0, null, null);
        }
        long head = Docs.longOf(conversation, "h");
        return sends.find(store, query.conversation(), query.sender(), query.id(), head)
                .map(sent -> new Answer(
                        true,
                        sent.position(),
                        sent.message().at(),
                        sent.message().contentHash()))
                .orElseGet(() -> new Answer(head >= query.throughPosition(), 0, null, null));
    }
}
