package chat.parley.eventstore.feed;

import chat.parley.api.port.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.axonframework.axonserver.connector.event.axon.GrpcMetaDataAwareSerializer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event feed over Axon's event store API. */
public final class StreamEventFeed implements EventFeed {
    private static final Logger log = LoggerFactory.getLogger(StreamEventFeed.class);

    private final StreamableMessageSource<TrackedEventMessage<?>> source;
    private final ToIntFunction<TrackedEventMessage<?>> payloadBytes;

    private StreamEventFeed(
            StreamableMessageSource<TrackedEventMessage<?>> source,
            ToIntFunction<TrackedEventMessage<?>> payloadBytes) {
        this.source = source;
        this.payloadBytes = payloadBytes;
    }

    /** For the embedded store. Its newest events are the published objects, so their size in bytes is unknown. */
    public static StreamEventFeed ofEmbedded(StreamableMessageSource<TrackedEventMessage<?>> source) {
        return new StreamEventFeed(source, _ -> 0);
    }

    /** For Axon Server. Its events stay serialized until their payload is used, so their size is known. */
    public static StreamEventFeed ofAxonServer(
            StreamableMessageSource<TrackedEventMessage<?>> source, Serializer serializer) {
        // Equal to the serializer of received events, for which the payload is serialized already.
        Serializer receiving = new GrpcMetaDataAwareSerializer(serializer);
        return new StreamEventFeed(
                source, event -> event.serializePayload(receiving, byte[].class).getData().length);
    }

    @Override
    public long head() {
        TrackingToken head = source.createHeadToken();
        return head == null ? -1 : indexOf(head);
    }

    @Override
    public Follower follow(long afterIndex) {
        return new StreamFollower(afterIndex);
    }

    private static long indexOf(TrackingToken token) {
        OptionalLong index = token.position();
        return index.orElseThrow(() -> new IllegalStateException("This token has no index: " + token));
    }

    /** Reopens a broken stream after the last event that it returned. */
    private final class StreamFollower implements Follower {
        /** Limits how often an unavailable store is asked. */
        private static final Duration PAUSE = Duration.ofSeconds(1);

        private long index;
        private @Nullable BlockingStream<TrackedEventMessage<?>> stream;
        private boolean failing;

        StreamFollower(long afterIndex) {
            this.index = afterIndex;
        }

        @Override
        public @Nullable Item next(Duration atMost) throws InterruptedException {
            try {
                BlockingStream<TrackedEventMessage<?>> open = open();
                if (!open.hasNextAvailable(millis(atMost), TimeUnit.MILLISECONDS)) {
                    return null;
                }
                StreamItem item = new StreamItem(open.nextAvailable());
                index = item.index();
                failing = false;
                return item;
            } catch (RuntimeException e) {
                broken(e);
                Thread.sleep(atMost.compareTo(PAUSE) < 0 ? atMost : PAUSE);
                return null;
            }
        }

        @Override
        public boolean hasNext() {
            try {
                return open().hasNextAvailable();
            } catch (RuntimeException e) {
                broken(e);
                return false;
            }
        }

        private BlockingStream<TrackedEventMessage<?>> open() {
            BlockingStream<TrackedEventMessage<?>> open = stream;
            if (open == null) {
                open = source.openStream(index < 0 ? null : new GlobalSequenceTrackingToken(index));
                stream = open;
            }
            return open;
        }

        private void broken(RuntimeException reason) {
            if (failing) {
                log.debug("The event stream still cannot be read after index {}", index, reason);
            } else {
                log.warn("The event stream failed after index {} and is reopened", index, reason);
            }
            failing = true;
            close();
        }

        @Override
        public void close() {
            BlockingStream<TrackedEventMessage<?>> open = stream;
            stream = null;
            if (open != null) {
                open.close();
            }
        }
    }

    private static int millis(Duration duration) {
        return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }

    private final class StreamItem implements EventFeed.Item {
        private final TrackedEventMessage<?> message;
        private final long index;

        StreamItem(TrackedEventMessage<?> message) {
            this.message = message;
            this.index = indexOf(message.trackingToken());
        }

        @Override
        public long index() {
            return index;
        }

        @Override
        public String aggregate() {
            return message instanceof DomainEventMessage<?> event
                    ? event.getAggregateIdentifier()
                    : message.getIdentifier();
        }

        @Override
        public long position() {
            return message instanceof DomainEventMessage<?> event ? event.getSequenceNumber() + 1 : 1;
        }

        @Override
        public Class<?> type() {
            return message.getPayloadType();
        }

        @Override
        public Object payload() {
            return message.getPayload();
        }

        @Override
        public Instant storedAt() {
            return message.getTimestamp();
        }

        @Override
        public int bytes() {
            return payloadBytes.applyAsInt(message);
        }
    }
}
