package chat.parley.eventprocessing.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LingeringEventSourceTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final QueuedEvents source = new QueuedEvents();
    private final ProgressSignal progress = new ProgressSignal();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore woken = new Semaphore(0);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void isEmptyForTheLingerTimeAfterAllEventsWereRead() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open(FOR_EVER)) {
            readAll(events);
            source.add();
            assertThat(events.hasNextAvailable()).isFalse();
            assertThat(woken.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void doesNotLingerBeforeTheFirstEvent() {
        try (BlockingStream<TrackedEventMessage<?>> events = open(FOR_EVER)) {
            assertThat(events.hasNextAvailable()).isFalse();
            source.add();
            assertThat(woken.tryAcquire()).isTrue();
            assertThat(events.hasNextAvailable()).isTrue();
        }
    }

    @Test
    void hasEventsAgainAfterTheLingerTime() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open(Duration.ofMillis(1))) {
            readAll(events);
            source.add();
            assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(events.hasNextAvailable()).isTrue();
        }
    }

    @Test
    void endsTheLingerWhenAThreadBeginsToWait() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open(FOR_EVER)) {
            readAll(events);
            source.add();
            assertThat(progress.await(() -> woken.tryAcquire() && events.hasNextAvailable(), FOR_EVER))
                    .isTrue();
        }
    }

    @Test
    void doesNotLingerWhileAThreadWaits() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open(FOR_EVER)) {
            source.add();
            events.nextAvailable();
            BooleanSupplier goesOn = () -> {
                boolean nothingYet = !events.hasNextAvailable();
                source.add();
                return nothingYet && events.hasNextAvailable();
            };
            assertThat(progress.await(goesOn, FOR_EVER)).isTrue();
        }
    }

    private BlockingStream<TrackedEventMessage<?>> open(Duration linger) {
        BlockingStream<TrackedEventMessage<?>> events =
                new LingeringEventSource(source, linger, timer, progress).openStream(null);
        events.setOnAvailableCallback(woken::release);
        return events;
    }

    private void readAll(BlockingStream<TrackedEventMessage<?>> events) throws InterruptedException {
        source.add();
        events.nextAvailable();
        assertThat(events.hasNextAvailable()).isFalse();
        woken.drainPermits();
    }
}
