package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.push.fanout.CombiningLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CombiningWorkTest {
    private final CombiningLock lock = new CombiningLock();

    /** Not atomic, so that concurrent work would count wrongly. */
    private int count;

    @Test
    void allWorkRunsOnceAndNeverConcurrently() throws Exception {
        int askers = 64;
        int each = 500;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < askers; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        lock.run(() -> count++);
                    }
                }));
            }
            for (int n = 0; n < each; n++) {
                lock.runFirst(() -> count++);
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(lock.<Integer>call(() -> count)).isEqualTo((askers + 1) * each);
    }

    @Test
    void workEnqueuedWhileTheLockIsHeldRunsAtItsRelease() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> lock.runFirst(() -> {
                taken.countDown();
                awaitQuietly(mayEnd);
            }));
            taken.await();
            Future<Integer> asked = threads.submit(() -> lock.<Integer>call(() -> 7));
            mayEnd.countDown();
            assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo(7);
        }
    }

    @Test
    void aFailureIsThrownToItsCallerAndTheNextWorkRuns() {
        assertThatThrownBy(() -> lock.run(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasRootCauseMessage("broken");
        assertThat(lock.<String>call(() -> "served")).isEqualTo("served");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
