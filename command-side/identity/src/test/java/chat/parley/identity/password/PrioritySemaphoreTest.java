package chat.parley.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.identity.password.PrioritySemaphore.Priority;
import chat.parley.web.problem.RateLimited;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PrioritySemaphoreTest {
    private static final int MAX_WAITING = 3;
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Turnstile turnstile = new Turnstile();
    private final PrioritySemaphore semaphore = new PrioritySemaphore(turnstile, MAX_WAITING);
    private final List<String> passed = new CopyOnWriteArrayList<>();

    /** Gives one permit for each release. */
    private static final class Turnstile implements PrioritySemaphore.Permits {
        private int turns;

        @Override
        public long nanosUntilAvailable() {
            return turns > 0 ? 0 : UNTIL_RELEASED;
        }

        @Override
        public void acquire() {
            turns--;
        }

        @Override
        public void release() {
            turns++;
        }
    }

    @Test
    void theBestPriorityGoesFirstAndAmongEqualsTheFirstToCome() {
        var _ = comes("guesser", 7);
        var _ = comes("one", 0);
        var _ = comes("another", 0);
        for (int turn = 1; turn <= MAX_WAITING; turn++) {
            semaphore.release();
            int sofar = turn;
            Awaitility.await().until(() -> passed.size() == sofar);
        }
        assertThat(passed).containsExactly("one", "another", "guesser");
    }

    @Test
    void theWorstPriorityIsRefusedIfTheQueueIsFull() {
        CompletableFuture<Void> guesser = comes("guesser", 7);
        CompletableFuture<Void> one = comes("one", 0);
        CompletableFuture<Void> another = comes("another", 0);
        CompletableFuture<Void> owner = visit("owner", 0);
        assertThatThrownBy(guesser::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RateLimited.class);
        assertThatThrownBy(() -> semaphore.acquire(new Priority(1, 0, 0), LONG)).isInstanceOf(RateLimited.class);
        for (int turn = 0; turn < MAX_WAITING; turn++) {
            semaphore.release();
        }
        CompletableFuture.allOf(one, another, owner).join();
        assertThat(passed).containsExactlyInAnyOrder("one", "another", "owner");
        assertThat(semaphore.waiting()).isZero();
    }

    @Test
    void aWaitEndsAfterItsTimeout() {
        assertThatThrownBy(() -> semaphore.acquire(Priority.FIRST, Duration.ofMillis(20)))
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> assertThat(limited.retryAfter()).isPositive().isLessThanOrEqualTo(LONG));
        assertThat(semaphore.waiting()).isZero();
        semaphore.release();
        semaphore.acquire(Priority.FIRST, Duration.ZERO);
    }

    private CompletableFuture<Void> comes(String name, int failures) {
        int before = semaphore.waiting();
        CompletableFuture<Void> visit = visit(name, failures);
        Awaitility.await().until(() -> semaphore.waiting() == before + 1);
        return visit;
    }

    private CompletableFuture<Void> visit(String name, int failures) {
        return CompletableFuture.runAsync(
                () -> {
                    semaphore.acquire(new Priority(failures, 0, 0), LONG);
                    passed.add(name);
                },
                Thread::startVirtualThread);
    }
}
