package chat.parley.push;

import chat.parley.api.ConversationId;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether somebody may write into a direct conversation: not where either has blocked the other. Who is in it never
 * changes; whom somebody has blocked is asked of the read side once and then followed in the feed.
 */
final class BlockCheck {
    private static final Logger log = LoggerFactory.getLogger(BlockCheck.class);

    /** Conversations that are written in at the same time on one node, generously; some 200 bytes each. */
    private static final int MAX_REMEMBERED = 100_000;

    private final ReadModel readModel;
    private final Cache<ConversationId, List<UserId>> people =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();
    private final FollowedAnswers<Set<UserId>> blocked;

    BlockCheck(ReadModel readModel, Executor asking) {
        this.readModel = readModel;
        this.blocked = new FollowedAnswers<>(readModel::blockedBy, asking);
    }

    void startAfter(long index) {
        blocked.startAfter(index);
    }

    /** Why this user may not write here; empty where blocks do not stand in the way. */
    Optional<Refusal> whyNot(UserId user, ConversationId conversation) {
        try {
            List<UserId> both = peopleOf(user, conversation);
            if (both.size() != 2 || !both.contains(user)) {
                return Optional.empty();
            }
            UserId one = both.getFirst();
            UserId other = both.getLast();
            return blocked.of(one).get().contains(other)
                            || blocked.of(other).get().contains(one)
                    ? Optional.of(Refusal.BLOCKED)
                    : Optional.empty();
        } catch (Refused refused) {
            // Not known to the read side (yet), or not theirs: the conversation itself decides.
            return refused.refusal() == Refusal.RETRY_LATER ? Optional.of(Refusal.RETRY_LATER) : Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(Refusal.RETRY_LATER);
        } catch (ExecutionException | RuntimeException failed) {
            if (Refused.in(failed).isEmpty()) {
                log.warn("Blocks could not be looked up", failed);
            }
            return Optional.of(Refusal.RETRY_LATER);
        }
    }

    void blocked(UserId by, UserId whom, long index) {
        change(by, users -> users.add(whom), index);
    }

    void unblocked(UserId by, UserId whom, long index) {
        change(by, users -> users.remove(whom), index);
    }

    private void change(UserId by, Consumer<Set<UserId>> change, long index) {
        blocked.changed(
                by,
                before -> {
                    Set<UserId> users = new HashSet<>(before);
                    change.accept(users);
                    return Set.copyOf(users);
                },
                index);
    }

    private List<UserId> peopleOf(UserId user, ConversationId conversation) throws InterruptedException {
        List<UserId> known = people.getIfPresent(conversation);
        if (known == null) {
            known = readModel.peopleOfDirect(user, conversation);
            people.put(conversation, known);
        }
        return known;
    }
}
