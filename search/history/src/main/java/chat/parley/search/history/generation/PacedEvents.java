package chat.parley.search.history.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Events in fewer, larger batches: who has read all there is gets no more for a moment. A batch costs Elasticsearch the
 * same two writes to its disk whether it has one message or hundreds, and what it holds is found after the next refresh
 * only.
 */
final class PacedEvents implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final StreamableMessageSource<TrackedEventMessage<?>> source;
    private final Duration rest;
    private final ScheduledExecutorService timer;

    public PacedEvents(
            StreamableMessageSource<TrackedEventMessage<?>> source, Duration rest, ScheduledExecutorService timer) {
        this.source = source;
        this.rest = rest;
        this.timer = timer;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        return new PacedStream(source.openStream(after));
    }

    @Override
    public TrackingToken createTailToken() {
        return source.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return source.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return source.createTokenAt(at);
    }

    @Override
    public TrackingToken createTokenSince(Duration since) {
        return source.createTokenSince(since);
    }

    /** Read by one thread; woken by any. */
    private final class PacedStream implements BlockingStream<TrackedEventMessage<?>> {
        private final BlockingStream<TrackedEventMessage<?>> events;
        private boolean readSinceRest;
        private volatile boolean resting;
        private volatile Runnable onAvailable = () -> {};

        PacedStream(BlockingStream<TrackedEventMessage<?>> events) {
            this.events = events;
        }

        @Override
        public boolean hasNextAvailable() {
            if (resting) {
                return false;
            }
            if (events.hasNextAvailable()) {
                return true;
            }
            if (readSinceRest) {
                readSinceRest = false;
                resting = true;
                var _ = timer.schedule(this::goOn, rest.toNanos(), TimeUnit.NANOSECONDS);
            }
            return false;
        }

        private void goOn() {
            resting = false;
            onAvailable.run();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            onAvailable = callback;
            return events.setOnAvailableCallback(() -> {
                if (!resting) {
                    callback.run();
                }
            });
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return events.hasNextAvailable(timeout, unit);
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return events.peek();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            readSinceRest = true;
            return events.nextAvailable();
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignored) {
            events.skipMessagesWithPayloadTypeOf(ignored);
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
