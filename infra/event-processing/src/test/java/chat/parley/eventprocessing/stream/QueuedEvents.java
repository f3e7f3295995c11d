package chat.parley.eventprocessing.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** An event source in memory that notifies its reader of each added event. */
final class QueuedEvents implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final LinkedBlockingDeque<TrackedEventMessage<?>> events = new LinkedBlockingDeque<>();
    private volatile Runnable onAvailable = () -> {};
    private long index;
    private @Nullable TrackingToken opened;

    /** The token with which a stream was last opened. */
    @Nullable
    TrackingToken opened() {
        return opened;
    }

    void add() {
        add("event");
    }

    void add(Object payload) {
        TrackingToken token = new GlobalSequenceTrackingToken(index++);
        events.add(new GenericTrackedEventMessage<>(token, new GenericMessage<>(payload), Instant::now));
        onAvailable.run();
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        opened = after;
        return new Stream();
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(-1);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(index - 1);
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return createTailToken();
    }

    @Override
    public TrackingToken createTokenSince(Duration since) {
        return createTailToken();
    }

    private final class Stream implements BlockingStream<TrackedEventMessage<?>> {
        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return Optional.ofNullable(events.peek());
        }

        @Override
        public boolean hasNextAvailable() {
            return !events.isEmpty();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            return hasNextAvailable();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return events.take();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            onAvailable = callback;
            return true;
        }

        @Override
        public void close() {
            onAvailable = () -> {};
        }
    }
}
