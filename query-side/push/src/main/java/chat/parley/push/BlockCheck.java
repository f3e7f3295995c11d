package chat.parley.push;

import chat.parley.api.ConversationId;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

    /** Conversations, and people, that are written in at the same time on one node, generously; some 200 bytes each. */
    private static final int MAX_REMEMBERED = 100_000;

    private final ReadModel readModel;
    private final Executor asking;
    private final Cache<ConversationId, List<UserId>> people =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();
    private final AsyncCache<UserId, Set<UserId>> blocked =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).buildAsync();

    /** Of the last change that came by in the feed: who is not remembered is asked about as of then. */
    private volatile long followedThrough = -1;

    BlockCheck(ReadModel readModel, Executor asking) {
        this.readModel = readModel;
        this.asking = asking;
    }

    /** Changes after this index come by in the feed. */
    void startAfter(long index) {
        followedThrough = index;
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
            return blockedBy(one).contains(other) || blockedBy(other).contains(one)
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

    /** From now on, although the read side may not know it for another moment. */
    void blocked(UserId by, UserId whom, long index) {
        change(by, users -> users.add(whom), index);
    }

    void unblocked(UserId by, UserId whom, long index) {
        change(by, users -> users.remove(whom), index);
    }

    /** The index first: who asks between the two asks late enough. */
    private void change(UserId by, Consumer<Set<UserId>> change, long index) {
        followedThrough = index;
        blocked.asMap()
                .computeIfPresent(
                        by,
                        (_, answer) -> answer.thenApply(before -> {
                            Set<UserId> users = new HashSet<>(before);
                            change.accept(users);
                            return Set.copyOf(users);
                        }));
    }

    private List<UserId> peopleOf(UserId user, ConversationId conversation) throws InterruptedException {
        List<UserId> known = people.getIfPresent(conversation);
        if (known == null) {
            known = readModel.peopleOfDirect(user, conversation);
            people.put(conversation, known);
        }
        return known;
    }

    private Set<UserId> blockedBy(UserId user) throws InterruptedException, ExecutionException {
        return blocked.get(user, (_, _) -> CompletableFuture.supplyAsync(() -> ask(user), asking))
                .get();
    }

    private Set<UserId> ask(UserId user) {
        try {
            return readModel.blockedBy(user, followedThrough);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        }
    }
}
