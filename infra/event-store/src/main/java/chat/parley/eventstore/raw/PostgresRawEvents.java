package chat.parley.eventstore.raw;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.RawEvents;
import chat.parley.eventstore.postgres.EventReader;
import chat.parley.eventstore.postgres.StoredEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Raw events of PostgreSQL. */
public final class PostgresRawEvents implements RawEvents {
    private static final byte[] NO_METADATA = "{}".getBytes(UTF_8);

    private final EventReader reader;
    private final LongSupplier head;
    private final JsonMapper json = JsonMapper.shared();

    /** @param head the index of the newest durable event */
    public PostgresRawEvents(EventReader reader, LongSupplier head) {
        this.reader = reader;
        this.head = head;
    }

    @Override
    public long head() {
        return head.getAsLong();
    }

    @Override
    public long firstAt(Instant moment) {
        return reader.firstAt(moment).orElse(head() + 1);
    }

    @Override
    public Optional<RawEvent> at(long index) {
        return reader.at(index).map(this::raw);
    }

    @Override
    public Reader after(long index) {
        return new Reader() {
            private long last = index;

            @Override
            public List<RawEvent> next() {
                List<StoredEvent> batch = reader.after(last);
                last = batch.isEmpty() ? last : batch.getLast().globalIndex();
                return batch.stream().map(PostgresRawEvents.this::raw).toList();
            }

            @Override
            public void close() {
                // Each batch is a query of its own, so nothing is held open.
            }
        };
    }

    private RawEvent raw(StoredEvent row) {
        return new RawEvent(
                row.globalIndex(),
                row.eventIdentifier(),
                row.type(),
                row.aggregateIdentifier(),
                row.sequenceNumber(),
                row.timestampMillis(),
                row.payloadType(),
                row.payloadRevision(),
                row.payload(),
                metadata(row.metadata()));
    }

    private Map<String, String> metadata(byte[] stored) {
        if (Arrays.equals(NO_METADATA, stored)) {
            return Map.of();
        }
        return json.readTree(stored)
                .propertyStream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, field -> text(field.getKey(), field.getValue())));
    }

    private static String text(String key, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw new IllegalStateException("The metadata value of " + key + " is neither text, number nor boolean");
        }
        return value.asString();
    }
}
