package chat.parley.eventprocessing.stream;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives out events only up to a position that advances: those that another processor has handled. What handles them can
 * rely on everything that the other processor wrote for them and for all earlier events.
 */
public final class FollowingEventSource extends DelegatingEventSource {
    /** Pause between two looks at the position while events wait for it. */
    private static final long LOOK_MS = 50;

    private final LongSupplier position;
    private final ScheduledExecutorService timer;

    /** @param position index of the last event that is given out; it never decreases */
    public FollowingEventSource(
            StreamableMessageSource<TrackedEventMessage<?>> source,
            LongSupplier position,
            ScheduledExecutorService timer) {
        super(source);
        this.position = position;
        this.timer = timer;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        return new FollowingStream(source.openStream(after));
    }

    /** One thread reads it; the timer only wakes the reader. */
    private final class FollowingStream extends DelegatingStream implements Runnable {
        private final AtomicBoolean looking = new AtomicBoolean();
        private volatile Runnable onAvailable = () -> {};
        private volatile boolean closed;

        FollowingStream(BlockingStream<TrackedEventMessage<?>> events) {
            super(events);
        }

        @Override
        public boolean hasNextAvailable() {
            if (!events.hasNextAvailable()) {
                return false;
            }
            if (isReached()) {
                return true;
            }
            if (!closed && looking.compareAndSet(false, true)) {
                var _ = timer.schedule(this, LOOK_MS, TimeUnit.MILLISECONDS);
            }
            return false;
        }

        private boolean isReached() {
            return events.peek()
                    .map(event -> event.trackingToken().position().orElseThrow() <= position.getAsLong())
                    .orElse(false);
        }

        /** Wakes the reader, which looks again. */
        @Override
        public void run() {
            looking.set(false);
            onAvailable.run();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            onAvailable = callback;
            return events.setOnAvailableCallback(callback);
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return events.hasNextAvailable(timeout, unit) && isReached();
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return hasNextAvailable() ? events.peek() : Optional.empty();
        }

        @Override
        public void close() {
            closed = true;
            events.close();
        }
    }
}
