package chat.parley.audit.review;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.audit.event.EventSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the accesses whose recorded subject covers a message. Of a search, the query and the number of hits are recorded
 * and not what a page of results showed: a search is among them if the conversation was in its scope and it had hits.
 */
public final class MessageAccesses {
    /** The newest are kept. */
    static final int MAX_ACCESSES = 1_000;

    private static final Set<String> TYPES = Set.of("HistoryAudited", "HistorySearched");

    /** Audit accesses that show texts or events of a conversation, of everybody in it. */
    private static final Set<String> OF_ALL_MEMBERS = Set.of("read-conversation", "read-message-access", "replay");

    /** Audit accesses that show events, of one person or of all. */
    private static final Set<String> OF_EVENTS = Set.of("read-events", "export");

    /** Searches that show messages; statistics show none. */
    private static final Set<String> OF_TEXTS = Set.of("search", "past", "export");

    private static final Pattern CONVERSATION = Pattern.compile("(?:^| )conversation=(\\S+)");

    private final RawEvents events;
    private final EventSelector selector;
    private final AccessReader reader;

    MessageAccesses(RawEvents events, EventSelector selector, AccessReader reader) {
        this.events = events;
        this.selector = selector;
        this.reader = reader;
    }

    /**
     * In the order of their events, the newest {@value #MAX_ACCESSES}.
     *
     * @param sentAt accesses before this time cannot have shown the message
     */
    public List<ReviewedAccess> covering(ConversationId conversation, UserId author, Instant sentAt) {
        Deque<ReviewedAccess> found = new ArrayDeque<>();
        EventRange since = new EventRange(events.firstAt(sentAt) - 1, events.head());
        try {
            selector.forEach(since, EventFilter.ofTypes(TYPES), event -> {
                ReviewedAccess access = reader.read(event);
                if (covers(access, conversation.value(), author.value())) {
                    found.addLast(access);
                    if (found.size() > MAX_ACCESSES) {
                        found.removeFirst();
                    }
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(found);
    }

    private static boolean covers(ReviewedAccess access, String conversation, String author) {
        if (access.kind().equals(ReviewedAccess.SEARCH)) {
            return OF_TEXTS.contains(access.action()) && hasHits(access) && coversQuery(access.query(), conversation);
        }
        if (OF_ALL_MEMBERS.contains(access.action())) {
            return conversation.equals(access.conversation());
        }
        return OF_EVENTS.contains(access.action())
                && isNoneOr(conversation, access.conversation())
                && isNoneOr(author, access.person());
    }

    private static boolean hasHits(ReviewedAccess search) {
        Long hits = search.hits();
        return hits == null || hits > 0;
    }

    private static boolean isNoneOr(String wanted, @Nullable String bound) {
        return bound == null || bound.equals(wanted);
    }

    /** A query that names no conversation may have found the message; so may one that is no longer readable. */
    private static boolean coversQuery(@Nullable String query, String conversation) {
        if (query == null) {
            return true;
        }
        Matcher named = CONVERSATION.matcher(query);
        return !named.find() || named.group(1).equals(conversation);
    }
}
