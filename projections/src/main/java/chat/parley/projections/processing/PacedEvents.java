package chat.parley.projections.processing;

import chat.parley.projections.query.ReadModelSignals;
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
 * Events in fewer, larger batches: who has read all there is gets no more for a moment, except while somebody waits for
 * the read model. A batch costs the same tokens and the same writes of a conversation's documents whether it has one event
 * or a hundred.
 */
public final class PacedEvents implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final StreamableMessageSource<TrackedEventMessage<?>> source;
    private final Duration rest;
    private final ScheduledExecutorService timer;
    private final ReadModelSignals signals;

    public PacedEvents(
            StreamableMessageSource<TrackedEventMessage<?>> source,
            Duration rest,
            ScheduledExecutorService timer,
            ReadModelSignals signals) {
        this.source = source;
        this.rest = rest;
        this.timer = timer;
        this.signals = signals;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        PacedStream stream = new PacedStream(source.openStream(after));
        signals.whenAwaited(stream);
        return stream;
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
    private final class PacedStream implements BlockingStream<TrackedEventMessage<?>>, Runnable {
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
            if (readSinceRest && !signals.isAwaited()) {
                readSinceRest = false;
                resting = true;
                var _ = timer.schedule(this, rest.toNanos(), TimeUnit.NANOSECONDS);
                if (signals.isAwaited()) {
                    resting = false;
                }
            }
            return false;
        }

        /** There may be more. */
        @Override
        public void run() {
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
            signals.forget(this);
            events.close();
        }
    }
}
