package chat.parley.eventprocessing.stream;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches fewer and larger: after a reader has read all available events, the stream stays empty for a linger
 * time, like {@code linger.ms} of a Kafka producer. The linger ends at once when a thread begins to wait for progress.
 * A batch of one event needs as many writes of tokens and documents as a batch of hundreds.
 */
public final class LingeringEventSource extends DelegatingEventSource {
    private final Duration linger;
    private final ScheduledExecutorService timer;
    private final ProgressSignal progress;

    public LingeringEventSource(
            StreamableMessageSource<TrackedEventMessage<?>> source,
            Duration linger,
            ScheduledExecutorService timer,
            ProgressSignal progress) {
        super(source);
        this.linger = linger;
        this.timer = timer;
        this.progress = progress;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        LingeringStream stream = new LingeringStream(source.openStream(after));
        progress.whenAwaited(stream);
        return stream;
    }

    /** One thread reads it; any thread may end the linger. */
    private final class LingeringStream extends DelegatingStream implements Runnable {
        private boolean readSinceLinger;
        private volatile boolean lingering;
        private volatile Runnable onAvailable = () -> {};

        LingeringStream(BlockingStream<TrackedEventMessage<?>> events) {
            super(events);
        }

        @Override
        public boolean hasNextAvailable() {
            if (lingering) {
                return false;
            }
            if (events.hasNextAvailable()) {
                return true;
            }
            if (readSinceLinger && !progress.isAwaited()) {
                readSinceLinger = false;
                lingering = true;
                var _ = timer.schedule(this, linger.toNanos(), TimeUnit.NANOSECONDS);
                if (progress.isAwaited()) {
                    lingering = false;
                }
            }
            return false;
        }

        /** Ends the linger; more events may be available. */
        @Override
        public void run() {
            lingering = false;
            onAvailable.run();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            onAvailable = callback;
            return events.setOnAvailableCallback(() -> {
                if (!lingering) {
                    callback.run();
                }
            });
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            readSinceLinger = true;
            return events.nextAvailable();
        }

        @Override
        public void close() {
            progress.forget(this);
            events.close();
        }
    }
}
