package chat.parley.eventprocessing.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;

/** Passes everything on to another source. Subclasses change what a stream gives out. */
abstract class DelegatingEventSource implements StreamableMessageSource<TrackedEventMessage<?>> {
    final StreamableMessageSource<TrackedEventMessage<?>> source;

    DelegatingEventSource(StreamableMessageSource<TrackedEventMessage<?>> source) {
        this.source = source;
    }

    @Override
    public final TrackingToken createTailToken() {
        return source.createTailToken();
    }

    @Override
    public final TrackingToken createHeadToken() {
        return source.createHeadToken();
    }

    @Override
    public final TrackingToken createTokenAt(Instant at) {
        return source.createTokenAt(at);
    }

    @Override
    public final TrackingToken createTokenSince(Duration since) {
        return source.createTokenSince(since);
    }

    /** Passes everything on to another stream. */
    abstract static class DelegatingStream implements BlockingStream<TrackedEventMessage<?>> {
        final BlockingStream<TrackedEventMessage<?>> events;

        DelegatingStream(BlockingStream<TrackedEventMessage<?>> events) {
            this.events = events;
        }

        @Override
        public boolean hasNextAvailable() {
            return events.hasNextAvailable();
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
            return events.nextAvailable();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            return events.setOnAvailableCallback(callback);
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
