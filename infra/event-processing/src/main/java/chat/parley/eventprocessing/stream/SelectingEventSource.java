package chat.parley.eventprocessing.stream;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Skips events that a processor does not select, which costs less than passing them through the processor. After
 * {@value #MAX_SKIPPED} skipped events it gives out the next one all the same, so that the processor's token advances:
 * a start reads at most that many events again.
 *
 * <p>A token that is ahead of the source, as after a restore of the event store, is taken for one of the head, so that new
 * events are not mistaken for those of before.
 */
public final class SelectingEventSource extends DelegatingEventSource {
    static final int MAX_SKIPPED = 1_023;

    private final Predicate<Class<?>> selection;

    /** @param selection whether the processor handles events with this type of payload */
    public SelectingEventSource(StreamableMessageSource<TrackedEventMessage<?>> source, Predicate<Class<?>> selection) {
        super(source);
        this.selection = selection;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        return new SelectingStream(source.openStream(atMostHead(after)));
    }

    private @Nullable TrackingToken atMostHead(@Nullable TrackingToken token) {
        if (token == null) {
            return null;
        }
        TrackingToken head = source.createHeadToken();
        return position(token) > position(head) ? head : token;
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    /** One thread reads it. */
    private final class SelectingStream extends DelegatingStream {
        private int skipped;

        SelectingStream(BlockingStream<TrackedEventMessage<?>> events) {
            super(events);
        }

        @Override
        public boolean hasNextAvailable() {
            return peek().isPresent();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            long deadline = System.nanoTime() + unit.toNanos(timeout);
            while (!hasNextAvailable()) {
                long left = Math.max(0, deadline - System.nanoTime());
                if (!events.hasNextAvailable((int) TimeUnit.NANOSECONDS.toMillis(left), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            Optional<TrackedEventMessage<?>> next = events.peek();
            while (next.isPresent()
                    && skipped < MAX_SKIPPED
                    && !selection.test(next.get().getPayloadType())) {
                skip();
                next = events.peek();
            }
            return next;
        }

        private void skip() {
            try {
                events.nextAvailable();
                skipped++;
            } catch (InterruptedException e) {
                // Does not happen: an available event is not waited for.
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            TrackedEventMessage<?> event = events.nextAvailable();
            while (skipped < MAX_SKIPPED && !selection.test(event.getPayloadType())) {
                skipped++;
                event = events.nextAvailable();
            }
            skipped = 0;
            return event;
        }
    }
}
