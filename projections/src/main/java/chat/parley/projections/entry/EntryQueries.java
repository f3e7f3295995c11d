package chat.parley.projections.entry;

import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.FindSentMessage;
import chat.parley.api.conversation.FindSentMessage.Answer;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.projections.conversation.EntryReader;
import chat.parley.projections.conversation.PageSlot;
import chat.parley.projections.inbox.MemberView;
import chat.parley.projections.inbox.MemberViews;
import chat.parley.projections.inbox.VisiblePositions;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;

/** Answers queries for entries, after checking what the user may see. */
public final class EntryQueries {
    /** Upper limit of entries per answer, above that of every caller. */
    private static final int MAX_LIMIT = 1_000;

    private final SentMessageFinder sends = new SentMessageFinder();
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
        MemberView view = new MemberViews(store).required(query.user(), query.conversation());
        return entries(view, wanted(query, window(view), bounded(query.limit())), store);
    }

    @QueryHandler
    public CompletableFuture<Entries> handle(FindEntries.At query) {
        return answers.certain(store -> {
            MemberView view = new MemberViews(store).required(query.user(), query.conversation());
            return entries(view, window(view).among(query.positions()), store);
        });
    }

    private static VisiblePositions window(MemberView view) {
        return VisiblePositions.of(view.visibility(), view.conversation().head());
    }

    private static Entries entries(MemberView view, List<Span> wanted, ReadModelStore store) {
        return new Entries(EntryReader.withReactions(store).read(view, wanted), view.lastVisible());
    }

    private static List<Span> wanted(FindEntries query, VisiblePositions window, int limit) {
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
        MemberView view = new MemberViews(store).required(query.user(), query.conversation());
        int limit = bounded(query.limit());
        VisiblePositions window = window(view);
        EntryReader reader = new EntryReader(store);
        List<RecordedEntry> missed = List.of();
        if (query.position() > 0 || query.afterIndex() < 0) {
            missed = missed(query, view, reader, window.after(query.position(), limit));
        }
        if (missed.isEmpty() && query.afterIndex() >= 0) {
            // The entries right after that position may all have an index of at most afterIndex.
            long start = reader.startOfPageWith(query.conversation(), query.afterIndex(), view.lastVisible());
            long from = Math.max(query.position(), start - 1);
            // From there on, less than one page has an index of at most afterIndex.
            missed = missed(query, view, reader, window.after(from, limit + PageSlot.PAGE_SIZE));
        }
        return new Entries(missed, view.lastVisible());
    }

    private static List<RecordedEntry> missed(
            FindMissed query, MemberView view, EntryReader reader, List<Span> wanted) {
        return reader.read(view, wanted, query.afterIndex(), query.throughIndex(), bounded(query.limit()));
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
        long head = DocumentFields.longOf(conversation, "h");
        return sends.find(store, query.conversation(), query.sender(), query.id(), head)
                .map(sent -> new Answer(
                        true,
                        sent.position(),
                        sent.message().at(),
                        sent.message().contentHash()))
                .orElseGet(() -> new Answer(head >= query.throughPosition(), 0, null, null));
    }
}
