package chat.parley.notifications.decision;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.FindReadModelState;
import chat.parley.eventprocessing.query.QueryClient;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The members of conversations, at least as recent as a message. */
public final class ConversationMembers {
    private static final int MAX_CACHED = 10_000;
    private static final Duration CACHED_FOR = Duration.ofMinutes(1);

    private final QueryClient queries;
    private final EntryLookup entries;
    private final Cache<ConversationId, Known> cache = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(CACHED_FOR)
            .build();

    public ConversationMembers(QueryClient queries, EntryLookup entries) {
        this.queries = queries;
        this.entries = entries;
    }

    /** @param index everything up to this global index is included */
    private record Known(long index, Set<UserId> users) {}

    /** @throws Refused if the read side does not answer */
    Set<UserId> of(NotifiableMessage message) {
        Known known = cache.getIfPresent(message.conversation());
        if (known == null || known.index() < message.index()) {
            long index = queries.ask(new FindReadModelState(message.index()), FindReadModelState.State.class)
                    .index();
            known = new Known(index, find(message));
            cache.put(message.conversation(), known);
        }
        return known.users();
    }

    /** Only members may query the members. The sender may have left since, so other known members are tried too. */
    private Set<UserId> find(NotifiableMessage message) {
        return Stream.concat(
                        Stream.of(message.sender()),
                        entries.find(message.conversation(), 1).map(ConversationEvent::by).stream())
                .distinct()
                .map(asker -> asSeenBy(asker, message.conversation()))
                .filter(users -> !users.isEmpty())
                .findFirst()
                .orElse(Set.of());
    }

    private Set<UserId> asSeenBy(UserId asker, ConversationId conversation) {
        try {
            return queries
                    .ask(new FindConversation(asker, conversation), FindConversation.Details.class)
                    .members()
                    .stream()
                    .map(FindConversation.Member::user)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.NOT_A_MEMBER || refused.refusal() == Refusal.CONVERSATION_NOT_FOUND) {
                return Set.of();
            }
            throw refused;
        }
    }
}
