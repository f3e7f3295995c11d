package chat.parley.push;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the read side is asked about each person once, and what is then followed in the feed. */
final class FollowedAnswers<T> {
    /** People who are asked about at the same time on one node, generously; some 200 bytes each. */
    private static final int MAX_REMEMBERED = 100_000;

    private final Question<T> question;
    private final Executor asking;
    private final AsyncCache<UserId, T> answers =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).buildAsync();

    /** Of the last change that came by in the feed: who is not remembered is asked about as of then. */
    private volatile long followedThrough = -1;

    FollowedAnswers(Question<T> question, Executor asking) {
        this.question = question;
        this.asking = asking;
    }

    /** A query of {@link ReadModel}. */
    @FunctionalInterface
    interface Question<T> {
        T ask(UserId user, long atLeastIndex) throws InterruptedException;
    }

    /** Changes after this index come by in the feed. */
    void startAfter(long index) {
        followedThrough = index;
    }

    /**
     * From now on, although the read side may not know it for another moment. The index first, here and below: who asks
     * between the two asks late enough.
     */
    void replaced(UserId user, T answer, long index) {
        followedThrough = index;
        answers.put(user, CompletableFuture.completedFuture(answer));
    }

    /** The same, where the event tells a part of the answer: who is not remembered is asked about. */
    void changed(UserId user, UnaryOperator<T> change, long index) {
        followedThrough = index;
        answers.asMap().computeIfPresent(user, (_, answer) -> answer.thenApply(change));
    }

    /** Null where it is not known yet; asks nobody. */
    @Nullable
    T known(UserId user) {
        CompletableFuture<T> answer = answers.getIfPresent(user);
        return answer != null && answer.state() == Future.State.SUCCESS ? answer.resultNow() : null;
    }

    /** At once where it is known; a question that failed is asked again by the next. */
    CompletableFuture<T> of(UserId user) {
        return answers.get(user, (_, _) -> CompletableFuture.supplyAsync(() -> ask(user), asking));
    }

    private T ask(UserId user) {
        try {
            return question.ask(user, followedThrough);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        }
    }
}
