package chat.parley.eventstore.raw;

import chat.parley.api.port.RawEvents;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.jspecify.annotations.Nullable;

/** Raw events of Axon Server, whose tokens are the indexes. */
public final class AxonServerRawEvents implements RawEvents {
    /** Number of events that Axon Server sends ahead of the reader. */
    private static final int PERMITS = 1_024;

    private static final int BATCH_EVENTS = 512;
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final AxonServerConnectionManager connections;

    public AxonServerRawEvents(AxonServerConnectionManager connections) {
        this.connections = connections;
    }

    @Override
    public long head() {
        return answer(events().getLastToken());
    }

    @Override
    public long firstAt(Instant moment) {
        // The token before the first such event; -1 where that is the first event of all.
        return answer(events().getTokenAt(moment.toEpochMilli())) + 1;
    }

    private EventChannel events() {
        return connections.getConnection().eventChannel();
    }

    private static long answer(CompletableFuture<Long> asked) {
        try {
            return asked.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Axon Server was asked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Axon Server did not answer", e);
        }
    }

    @Override
    public Optional<RawEvent> at(long index) {
        try (StreamReader reader = new StreamReader(index - 1, 1)) {
            return reader.next().stream().findFirst();
        }
    }

    @Override
    public Reader after(long index) {
        return new StreamReader(index, BATCH_EVENTS);
    }

    /** Opens a stream when there is something to read, and reads up to the head of that moment. */
    private final class StreamReader implements Reader {
        private final int batchEvents;
        private long last;
        private @Nullable EventStream stream;

        StreamReader(long index, int batchEvents) {
            this.last = index;
            this.batchEvents = batchEvents;
        }

        @Override
        public List<RawEvent> next() {
            long through = head();
            List<RawEvent> batch = new ArrayList<>();
            long bytes = 0;
            while (last < through && batch.size() < batchEvents && bytes < BATCH_BYTES) {
                EventWithToken received = receive();
                RawEvent event = raw(received.getToken(), received.getEvent());
                batch.add(event);
                bytes += event.payload().length;
                last = event.index();
            }
            return batch;
        }

        private EventWithToken receive() {
            EventStream open = stream;
            if (open == null) {
                open = events().openStream(last, Math.min(PERMITS, 2 * batchEvents));
                stream = open;
            }
            try {
                EventWithToken received = open.nextIfAvailable(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                if (received == null) {
                    throw new IllegalStateException(
                            "Axon Server did not send the event after index " + last,
                            open.getError().orElse(null));
                }
                return received;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while Axon Server was read", e);
            }
        }

        @Override
        public void close() {
            if (stream != null) {
                stream.close();
            }
        }
    }

    static RawEvent raw(long index, Event event) {
        boolean ofAggregate = !event.getAggregateType().isEmpty();
        return new RawEvent(
                index,
                event.getMessageIdentifier(),
                ofAggregate ? event.getAggregateType() : null,
                // An event outside any aggregate is the only event of its own one, as in PostgreSQL.
                ofAggregate ? event.getAggregateIdentifier() : event.getMessageIdentifier(),
                event.getAggregateSequenceNumber(),
                event.getTimestamp(),
                event.getPayload().getType(),
                event.getPayload().getRevision().isEmpty()
                        ? null
                        : event.getPayload().getRevision(),
                event.getPayload().getData().toByteArray(),
                event.getMetaDataMap().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, value -> text(value.getKey(), value.getValue()))));
    }

    private static String text(String key, MetaDataValue value) {
        return switch (value.getDataCase()) {
            case TEXT_VALUE -> value.getTextValue();
            case NUMBER_VALUE -> Long.toString(value.getNumberValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BOOLEAN_VALUE -> Boolean.toString(value.getBooleanValue());
            case BYTES_VALUE, DATA_NOT_SET ->
                throw new IllegalStateException(
                        "The metadata value of " + key + " is neither text, number nor boolean");
        };
    }
}
