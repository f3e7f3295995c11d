package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.projections.processing.PacedEvents;
import chat.parley.projections.query.ReadModelSignals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacedEventsTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final QueuedEvents source = new QueuedEvents();
    private final ReadModelSignals signals = new ReadModelSignals();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore woken = new Semaphore(0);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void restAfterAllHasBeenRead() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open(FOR_EVER)) {
            readAll(events);
            source.add();
            assertThat(events.hasNextAvailable()).isFalse();
            assertThat(woken.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void doNotRestBeforeTheFirst() {
        try (BlockingStream<TrackedEventMessage<?>> events = open(FOR_EVER)) {
            assertThat(events.hasNextAvailable()).isFalse();
            source.add();
            assertThat(woken.tryAcquire()).isTrue();
            assertThat(events.hasNextAvailable()).isTrue();
        }
    }

    @Test
    void goOnAfterTheRest() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open(Duration.ofMillis(1))) {
            readAll(events);
            source.add();
            assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(events.hasNextAvailable()).isTrue();
        }
    }

    @Test
    void areHurriedByWhoBeginsToWait() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open(FOR_EVER)) {
            readAll(events);
            source.add();
            assertThat(signals.awaitProgress(() -> woken.tryAcquire() && events.hasNextAvailable(), FOR_EVER))
                    .isTrue();
        }
    }

    @Test
    void doNotRestWhileSomebodyWaits() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = open(FOR_EVER)) {
            source.add();
            events.nextAvailable();
            BooleanSupplier goesOn = () -> {
                boolean nothingYet = !events.hasNextAvailable();
                source.add();
                return nothingYet && events.hasNextAvailable();
            };
            assertThat(signals.awaitProgress(goesOn, FOR_EVER)).isTrue();
        }
    }

    @Test
    void keepNobodyWaitingForTheReadModel() {
        ReadSide.Data data = new ReadSide.Data();
        try (ReadSide side = new ReadSide(
                data,
                UnaryOperator.identity(),
                new PlainText(),
                new ReadSideProperties(
                        2,
                        10,
                        FOR_EVER,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        null,
                        Duration.ofSeconds(1),
                        Duration.ZERO))) {
            for (int i = 1; i <= 5; i++) {
                data.publish(Script.message(Script.SINCE, Script.USERS.getFirst(), "m" + i, "hello", 1, List.of()));
                FindMemberships question = new FindMemberships(Script.USERS.getFirst(), data.head());
                assertThat(side.ask(question, Memberships.class).join().index()).isEqualTo(data.head());
            }
        }
    }

    private BlockingStream<TrackedEventMessage<?>> open(Duration rest) {
        BlockingStream<TrackedEventMessage<?>> events = new PacedEvents(source, rest, timer, signals).openStream(null);
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
