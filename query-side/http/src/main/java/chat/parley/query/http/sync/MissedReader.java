package chat.parley.query.http.sync;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.eventprocessing.query.QueryClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Reads the entries that a user missed in all conversations, one bounded page at a time. The logs of the conversations
 * are merged by global index. A page therefore has no gap before its last entry, and the next page starts after the
 * index of that entry.
 */
public final class MissedReader {
    /**
     * In characters of sealed text, so that a page of the longest messages stays small enough for a slow connection.
     */
    private static final long MOST_TEXT = 4L << 20;

    private final QueryClient queries;
    private final int pageSize;

    public MissedReader(QueryClient queries, int pageSize) {
        this.queries = queries;
        this.pageSize = pageSize;
    }

    /** @param memberships the memberships at an index, up to which entries are read */
    public MissedEntries read(UserId user, Memberships memberships, long afterIndex) {
        List<Membership> changed = memberships.memberships().stream()
                .filter(membership -> mayHaveMore(membership, afterIndex))
                .toList();
        // With few conversations each read is long, with many it is short, so that about one page is held in memory.
        int stride = Math.clamp(pageSize / Math.max(1, changed.size()), 1, pageSize);
        PriorityQueue<Source> sources = new PriorityQueue<>(Comparator.comparingLong(Source::index));
        for (Membership membership : changed) {
            Source source = new Source(user, membership, afterIndex, memberships.index(), stride);
            if (source.hasNext()) {
                sources.add(source);
            }
        }
        List<RecordedEntry> page = new ArrayList<>();
        long text = 0;
        while (page.size() < pageSize && text < MOST_TEXT) {
            Source first = sources.poll();
            if (first == null) {
                return new MissedEntries(page, Math.max(afterIndex, memberships.index()), false);
            }
            RecordedEntry entry = first.next();
            page.add(entry);
            text += textLength(entry);
            if (first.hasNext()) {
                sources.add(first);
            }
        }
        return sources.isEmpty()
                ? new MissedEntries(page, memberships.index(), false)
                : new MissedEntries(page, page.getLast().index(), true);
    }

    /** The last visible entry of a left conversation is the user's own leaving, which also changed the membership. */
    private static boolean mayHaveMore(Membership membership, long afterIndex) {
        return membership.headIndex() > afterIndex
                && (membership.visibility().isOpen() || membership.changedIndex() > afterIndex);
    }

    private static long textLength(RecordedEntry entry) {
        MessageEdited newest = entry.edit();
        return newest == null ? entry.event().textLength() : newest.textLength();
    }

    /** The entries of one conversation, fetched in steps. */
    private final class Source {
        private final UserId user;
        private final Membership membership;
        private final long afterIndex;
        private final long throughIndex;
        private final int stride;
        private final long lastVisible;
        private final Deque<RecordedEntry> fetched = new ArrayDeque<>();
        private long position;

        Source(UserId user, Membership membership, long afterIndex, long throughIndex, int stride) {
            this.user = user;
            this.membership = membership;
            this.afterIndex = afterIndex;
            this.throughIndex = throughIndex;
            this.stride = stride;
            this.lastVisible =
                    membership.visibility().lastVisible(membership.head()).orElse(0);
        }

        boolean hasNext() {
            if (fetched.isEmpty() && position < lastVisible) {
                fetch();
            }
            return !fetched.isEmpty();
        }

        private void fetch() {
            FindMissed query =
                    new FindMissed(user, membership.conversation(), position, afterIndex, throughIndex, stride);
            fetched.addAll(queries.ask(query, Entries.class).entries());
            // An empty fetch means that there is no further entry.
            position = fetched.isEmpty() ? lastVisible : fetched.getLast().position();
        }

        /** The index of the next entry. */
        long index() {
            return fetched.getFirst().index();
        }

        RecordedEntry next() {
            return fetched.removeFirst();
        }
    }
}
