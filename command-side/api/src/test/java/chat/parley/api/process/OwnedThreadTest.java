package chat.parley.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnedThreadTest {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final OwnedThread thread = new OwnedThread("worker", this::work, Duration.ofSeconds(10));

    private void work() {
        seen.add(Thread.currentThread().getName() + " " + thread.isCurrent());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            seen.add("interrupted " + thread.isCurrent());
        }
    }

    @AfterEach
    void stop() {
        thread.stop();
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void runsOnceUntilItIsStoppedAndAgainAfterwards() throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            assertThat(thread.isStarted()).isFalse();
            thread.start();
            thread.start();
            assertThat(thread.isStarted()).isTrue();
            assertThat(next()).isEqualTo("worker true");
            thread.stop();
            // The stop has waited for the end.
            assertThat(seen.poll()).isEqualTo("interrupted false");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void anotherThreadIsNotIt() {
        thread.start();
        assertThat(thread.isCurrent()).isFalse();
    }

    @Test
    void aStopWithoutAStartDoesNothing() {
        thread.stop();
        assertThat(thread.isStarted()).isFalse();
    }

    @Test
    void aStopDoesNotWaitForEver() {
        OwnedThread deaf = new OwnedThread(
                "deaf",
                () -> {
                    while (seen.isEmpty()) {
                        Thread.onSpinWait();
                    }
                },
                Duration.ofMillis(10));
        deaf.start();
        deaf.stop();
        assertThat(deaf.isStarted()).isFalse();
        seen.add("end");
    }
}
