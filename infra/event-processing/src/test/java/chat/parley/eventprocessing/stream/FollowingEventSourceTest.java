package chat.parley.eventprocessing.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowingEventSourceTest {
    private final QueuedEvents source = new QueuedEvents();
    private final AtomicLong position = new AtomicLong(-1);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore woken = new Semaphore(0);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private BlockingStream<TrackedEventMessage<?>> open() {
        BlockingStream<TrackedEventMessage<?>> events =
                new FollowingEventSource(source, position::get, timer).openStream(null);
        events.setOnAvailableCallback(woken::release);
        return events;
    }

    @Test
    void givesOutAnEventOnceItsPositionIsReached() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open()) {
            source.add();
            source.add();
            assertThat(events.hasNextAvailable()).isFalse();
            assertThat(events.peek()).isEmpty();
            position.set(0);
            assertThat(events.hasNextAvailable()).isTrue();
            assertThat(events.nextAvailable().trackingToken().position()).hasValue(0);
            assertThat(events.hasNextAvailable()).isFalse();
            position.set(1);
            assertThat(events.peek()).isPresent();
        }
    }

    @Test
    void wakesItsReaderWhileAnEventWaits() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open()) {
            source.add();
            woken.drainPermits();
            for (int look = 0; look < 3; look++) {
                assertThat(events.hasNextAvailable()).isFalse();
                assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }
            position.set(0);
            assertThat(events.hasNextAvailable()).isTrue();
        }
    }
}
