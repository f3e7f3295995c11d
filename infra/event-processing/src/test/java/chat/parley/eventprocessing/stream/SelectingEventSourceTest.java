package chat.parley.eventprocessing.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

class SelectingEventSourceTest {
    private final QueuedEvents source = new QueuedEvents();

    private BlockingStream<TrackedEventMessage<?>> open() {
        return new SelectingEventSource(source, type -> type == Integer.class).openStream(null);
    }

    @Property(tries = 200)
    void givesOutEachSelectedEventOnceInOrder(
            @ForAll @Size(max = 50) List<Boolean> selected, @ForAll @Size(min = 1, max = 5) List<Way> ways)
            throws InterruptedException {
        QueuedEvents queue = new QueuedEvents();
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < selected.size(); i++) {
            Object payload = selected.get(i) ? Integer.valueOf(i) : "skipped";
            queue.add(payload);
            if (selected.get(i)) {
                expected.add(payload);
            }
        }
        List<Object> read = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> events =
                new SelectingEventSource(queue, type -> type == Integer.class).openStream(null)) {
            for (int i = 0; i < expected.size(); i++) {
                assertThat(ways.get(i % ways.size()).finds(events)).isTrue();
                read.add(events.nextAvailable().getPayload());
            }
            assertThat(ways).allSatisfy(way -> assertThat(way.finds(events)).isEqualTo(way == Way.NONE));
        }
        assertThat(read).isEqualTo(expected);
    }

    /** How a reader learns of an event before it takes it. */
    enum Way {
        NONE,
        ASK,
        WAIT,
        PEEK;

        boolean finds(BlockingStream<TrackedEventMessage<?>> events) throws InterruptedException {
            return switch (this) {
                case NONE -> true;
                case ASK -> events.hasNextAvailable();
                case WAIT -> events.hasNextAvailable(1, TimeUnit.MILLISECONDS);
                case PEEK -> events.peek().isPresent();
            };
        }
    }

    @Test
    void givesOutAnUnselectedEventAfterManySoThatTheTokenAdvances() throws InterruptedException {
        for (int i = 0; i < 2 * SelectingEventSource.MAX_SKIPPED + 2; i++) {
            source.add();
        }
        try (BlockingStream<TrackedEventMessage<?>> events = open()) {
            assertThat(events.hasNextAvailable()).isTrue();
            assertThat(events.nextAvailable().trackingToken().position()).hasValue(SelectingEventSource.MAX_SKIPPED);
            assertThat(events.nextAvailable().trackingToken().position())
                    .hasValue(2 * SelectingEventSource.MAX_SKIPPED + 1);
            assertThat(events.hasNextAvailable()).isFalse();
        }
    }

    @Test
    void takesATokenAheadOfTheSourceForOneOfTheHead() {
        source.add();
        new SelectingEventSource(source, _ -> true)
                .openStream(new GlobalSequenceTrackingToken(7))
                .close();
        assertThat(source.opened()).isEqualTo(new GlobalSequenceTrackingToken(0));
        new SelectingEventSource(source, _ -> true)
                .openStream(new GlobalSequenceTrackingToken(0))
                .close();
        assertThat(source.opened()).isEqualTo(new GlobalSequenceTrackingToken(0));
    }

    @Test
    void countsSkippedEventsAgainAfterASelectedOne() throws InterruptedException {
        for (int i = 0; i < SelectingEventSource.MAX_SKIPPED; i++) {
            source.add();
        }
        source.add(1);
        for (int i = 0; i < SelectingEventSource.MAX_SKIPPED; i++) {
            source.add();
        }
        try (BlockingStream<TrackedEventMessage<?>> events = open()) {
            assertThat(events.nextAvailable().getPayload()).isEqualTo(1);
            assertThat(events.hasNextAvailable()).isFalse();
        }
    }
}
