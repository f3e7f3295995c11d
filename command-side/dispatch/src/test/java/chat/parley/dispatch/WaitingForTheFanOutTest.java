package chat.parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaitingForTheFanOutTest {
    @Test
    void nobodyWaitsWhileTheFanOutKeepsUp() throws InterruptedException {
        FanoutBackpressure headway = new FanoutBackpressure(Duration.ofMinutes(1), Duration.ofMinutes(1));
        headway.await();
        headway.isBehind(true);
        headway.await();
    }

    @Test
    void aWaitEndsWhenTheFanOutHasCaughtUp() throws Exception {
        FanoutBackpressure headway = new FanoutBackpressure(Duration.ZERO, Duration.ofMinutes(1));
        headway.isBehind(true);
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                headway.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        headway.isBehind(false);
        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aStoppedFanOutDelaysSendersForALimitedTime() throws InterruptedException {
        FanoutBackpressure headway = new FanoutBackpressure(Duration.ZERO, Duration.ofMillis(20));
        headway.isBehind(true);
        headway.await();
    }
}
