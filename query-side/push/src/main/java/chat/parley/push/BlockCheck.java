package chat.parley.push;

import chat.parley.api.ConversationId;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether somebody may write into a direct conversation: not where either has blocked the other. */
final class BlockCheck {
    private static final Logger log = LoggerFactory.getLogger(BlockCheck.class);

    /** Conversations and pairs that are written in at the same time on one node, generously; some 200 bytes each. */
    private static final int MAX_REMEMBERED = 100_000;

    private final ReadModel readModel;

    /** Who is in a direct conversation never changes. */
    private final Cache<ConversationId, List<UserId>> people =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    private final Cache<Pair, Boolean> blocked;

    BlockCheck(ReadModel readModel, Duration cachedFor) {
        this.readModel = readModel;
        this.blocked = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(cachedFor)
                .build();
    }

    /** Two people, whichever way round. */
    private record Pair(UserId one, UserId other) {
        static Pair of(UserId a, UserId b) {
            return a.value().compareTo(b.value()) <= 0 ? new Pair(a, b) : new Pair(b, a);
        }
    }

    /** Why this user may not write here; empty where blocks do not stand in the way. */
    Optional<Refusal> whyNot(UserId user, ConversationId conversation) {
        try {
            List<UserId> both = peopleOf(user, conversation);
            if (both.size() != 2 || !both.contains(user)) {
                return Optional.empty();
            }
            return isBlocked(Pair.of(both.getFirst(), both.getLast()))
                    ? Optional.of(Refusal.BLOCKED)
                    : Optional.empty();
        } catch (Refused refused) {
            // Not known to the read side (yet), or not theirs: the conversation itself decides.
            return refused.refusal() == Refusal.RETRY_LATER ? Optional.of(Refusal.RETRY_LATER) : Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(Refusal.RETRY_LATER);
        } catch (RuntimeException failed) {
            log.warn("Blocks could not be looked up", failed);
            return Optional.of(Refusal.RETRY_LATER);
        }
    }

    /** From now on, although the read side may not know it for another moment. */
    void blocked(UserId one, UserId other) {
        blocked.put(Pair.of(one, other), true);
    }

    void unblocked(UserId one, UserId other) {
        blocked.invalidate(Pair.of(one, other));
    }

    private List<UserId> peopleOf(UserId user, ConversationId conversation) throws InterruptedException {
        List<UserId> known = people.getIfPresent(conversation);
        if (known == null) {
            known = readModel.peopleOfDirect(user, conversation);
            people.put(conversation, known);
        }
        return known;
    }

    private boolean isBlocked(Pair pair) throws InterruptedException {
        Boolean known = blocked.getIfPresent(pair);
        if (known == null) {
            known = readModel.blocked(pair.one(), pair.other());
            blocked.put(pair, known);
        }
        return known;
    }
}
