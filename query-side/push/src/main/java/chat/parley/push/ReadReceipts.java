package chat.parley.push;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Whether others may be told what somebody has read. It is asked of the read side once and then followed in the feed; who
 * is asked about is waited for by nobody, so that the fan-out does no I/O.
 */
final class ReadReceipts {
    /** People who read at the same time and talk with somebody on this node, generously; some 150 bytes each. */
    private static final int MAX_REMEMBERED = 100_000;

    private final Question question;
    private final Executor asking;
    private final AsyncCache<UserId, Boolean> allowed =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).buildAsync();

    private volatile long followedAfter = -1;

    ReadReceipts(Question question, Executor asking) {
        this.question = question;
        this.asking = asking;
    }

    /** {@link ReadModel#tellsReads}. */
    @FunctionalInterface
    interface Question {
        boolean tellsReads(UserId reader, long atLeastIndex) throws InterruptedException;
    }

    /** Changes after this index come by in the feed; the read side must include those before. */
    void startAfter(long index) {
        followedAfter = index;
    }

    /** From now on, although the read side may not know it for another moment. */
    void changed(UserId reader, boolean told) {
        allowed.put(reader, CompletableFuture.completedFuture(told));
    }

    /** Null where it is not known yet. */
    @Nullable
    Boolean known(UserId reader) {
        CompletableFuture<Boolean> answer = allowed.getIfPresent(reader);
        if (answer == null || answer.state() != Future.State.SUCCESS) {
            return null;
        }
        return answer.resultNow();
    }

    /**
     * Tells unless the reader does not want that: at once where it is known, else as soon as it is. Where the read side
     * does not answer, nobody is told; there will be another mark.
     */
    void tell(UserId reader, Runnable telling) {
        CompletableFuture<Void> _ = allowed.get(
                        reader, (user, _) -> CompletableFuture.supplyAsync(() -> ask(user), asking))
                .thenAccept(told -> {
                    if (told) {
                        telling.run();
                    }
                });
    }

    private boolean ask(UserId reader) {
        try {
            return question.tellsReads(reader, followedAfter);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        }
    }
}
