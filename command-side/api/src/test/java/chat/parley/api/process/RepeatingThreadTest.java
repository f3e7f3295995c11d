package chat.parley.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepeatingThreadTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** A round ends when the test takes its name. */
    private final SynchronousQueue<String> rounds = new SynchronousQueue<>();

    private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();
    private RepeatingThread thread = repeating(Duration.ZERO, Duration.ZERO);

    private RepeatingThread repeating(Duration first, Duration pause) {
        return new RepeatingThread("rounds", first, pause, STOP_LIMIT, this::round, failures::add);
    }

    private void round() {
        try {
            rounds.put(Thread.currentThread().getName());
        } catch (InterruptedException stopped) {
            interrupted.add("interrupted");
            throw new IllegalStateException(stopped);
        }
    }

    @AfterEach
    void stop() {
        thread.stop();
    }

    private String next() throws InterruptedException {
        return String.valueOf(rounds.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void roundsFollowEachOtherAfterTheirPause() throws InterruptedException {
        thread.start();
        assertThat(next()).isEqualTo("rounds");
        assertThat(next()).isEqualTo("rounds");
    }

    @Test
    void wakingEndsThePause() throws InterruptedException {
        thread = repeating(LONG, LONG);
        thread.start();
        assertThat(rounds.poll()).isNull();
        thread.wake();
        assertThat(next()).isEqualTo("rounds");
        thread.wake();
        assertThat(next()).isEqualTo("rounds");
    }

    @Test
    void afterAFailureTheNextRoundFollows() throws InterruptedException {
        RuntimeException failure = new IllegalStateException("Failed");
        BlockingQueue<Integer> counted = new LinkedBlockingQueue<>();
        thread = new RepeatingThread(
                "failing",
                Duration.ZERO,
                Duration.ZERO,
                STOP_LIMIT,
                () -> {
                    counted.add(0);
                    throw failure;
                },
                failures::add);
        thread.start();
        assertThat(failures.poll(10, TimeUnit.SECONDS)).isSameAs(failure);
        assertThat(failures.poll(10, TimeUnit.SECONDS)).isSameAs(failure);
        thread.stop();
        assertThat(counted).hasSizeGreaterThan(1);
    }

    @Test
    void aStopInterruptsTheRoundWhichIsNoFailure() throws InterruptedException {
        thread.start();
        assertThat(next()).isEqualTo("rounds");
        thread.stop();
        assertThat(thread.isStarted()).isFalse();
        assertThat(failures).isEmpty();
        thread.start();
        assertThat(next()).isEqualTo("rounds");
    }

    @Test
    void wakingEndsThePauseOfARound() throws InterruptedException {
        thread = new RepeatingThread("rounds", Duration.ZERO, LONG, STOP_LIMIT, this::endlessRound, failures::add);
        thread.start();
        assertThat(next()).isEqualTo("rounds");
        thread.wake();
        assertThat(next()).isEqualTo("rounds");
    }

    private void endlessRound() throws InterruptedException {
        while (thread.isCurrent()) {
            round();
            thread.pause();
        }
    }

    @Test
    void noPauseFollowsARoundThatWasStopped() throws InterruptedException {
        BlockingQueue<Thread> running = new LinkedBlockingQueue<>();
        thread = new RepeatingThread(
                "stubborn",
                Duration.ZERO,
                LONG,
                STOP_LIMIT,
                () -> {
                    running.add(Thread.currentThread());
                    try {
                        Thread.sleep(LONG);
                    } catch (InterruptedException stopped) {
                        interrupted.add("interrupted");
                    }
                },
                failures::add);
        thread.start();
        Thread stubborn = running.take();
        thread.stop();
        assertThat(stubborn.isAlive()).isFalse();
        assertThat(interrupted).containsExactly("interrupted");
    }
}
