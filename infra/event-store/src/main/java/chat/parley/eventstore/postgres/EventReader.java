package chat.parley.eventstore.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads events and snapshots from PostgreSQL, in batches bounded by number and by bytes. */
public final class EventReader {
    /**
     * Adds the bytes before each row of the batch, so that the batch ends with the row that exceeds the byte limit.
     * {@code octet_length} knows the size of a large payload without reading it.
     */
    private static final String BOUNDED = "SELECT " + StoredEvent.COLUMNS
            + " FROM (SELECT *, coalesce(sum(octet_length(payload)::bigint) OVER"
            + " (ORDER BY %1$s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS bytes_before"
            + " FROM events.domain_events WHERE %2$s) batch"
            + " WHERE bytes_before < :bytes ORDER BY %1$s";

    /** Indexes have no gaps, so a range of the primary key has a known number of rows. */
    private static final String AFTER_INDEX =
            BOUNDED.formatted("global_index", "global_index > :after AND global_index <= :after + :rows");

    /** Sequence numbers have no gaps either. */
    private static final String OF_AGGREGATE = BOUNDED.formatted(
            "sequence_number",
            "aggregate_identifier = :aggregate AND sequence_number >= :first AND sequence_number < :first + :rows");

    private static final String STORE_SNAPSHOT = "INSERT INTO events.snapshots AS newest (aggregate_identifier,"
            + " sequence_number, event_identifier, type, timestamp, payload_type, payload_revision, payload, metadata)"
            + " VALUES (:aggregate, :sequence, :event, :type, :timestamp, :payloadType, :payloadRevision, :payload,"
            + " :metadata) ON CONFLICT (aggregate_identifier) DO UPDATE SET sequence_number = EXCLUDED.sequence_number,"
            + " event_identifier = EXCLUDED.event_identifier, type = EXCLUDED.type, timestamp = EXCLUDED.timestamp,"
            + " payload_type = EXCLUDED.payload_type, payload_revision = EXCLUDED.payload_revision,"
            + " payload = EXCLUDED.payload, metadata = EXCLUDED.metadata"
            + " WHERE newest.sequence_number <= EXCLUDED.sequence_number";

    private final JdbcClient jdbc;
    private final int batchEvents;
    private final long batchBytes;

    public EventReader(DataSource dataSource, int batchEvents, long batchBytes) {
        this.jdbc = JdbcClient.create(dataSource);
        this.batchEvents = batchEvents;
        this.batchBytes = batchBytes;
    }

    /** The next batch after this index; empty at the end. */
    public List<StoredEvent> after(long index) {
        return after(index, batchEvents);
    }

    /** The next batch after this index, up to another one, which is included. */
    List<StoredEvent> between(long index, long through) {
        return after(index, (int) Math.min(batchEvents, through - index));
    }

    private List<StoredEvent> after(long index, int rows) {
        return jdbc.sql(AFTER_INDEX)
                .param("after", index)
                .param("rows", rows)
                .param("bytes", batchBytes)
                .query(StoredEvent::of)
                .list();
    }

    /** The index of the newest event; -1 if there is none. */
    long head() {
        return jdbc.sql("SELECT coalesce(max(global_index), -1) FROM events.domain_events")
                .query(Long.class)
                .single();
    }

    public Optional<StoredEvent> at(long index) {
        return jdbc.sql("SELECT " + StoredEvent.COLUMNS + " FROM events.domain_events WHERE global_index = :index")
                .param("index", index)
                .query(StoredEvent::of)
                .optional();
    }

    /** All events of an aggregate from this sequence number on, read batch by batch as they are consumed. */
    public Stream<StoredEvent> ofAggregate(String aggregate, long firstSequenceNumber) {
        return StreamSupport.stream(new AggregateEvents(aggregate, firstSequenceNumber), false);
    }

    Optional<StoredEvent> find(String aggregate, long sequenceNumber) {
        return jdbc.sql("SELECT " + StoredEvent.COLUMNS + " FROM events.domain_events"
                        + " WHERE aggregate_identifier = :aggregate AND sequence_number = :sequence")
                .param("aggregate", aggregate)
                .param("sequence", sequenceNumber)
                .query(StoredEvent::of)
                .optional();
    }

    Optional<Long> lastSequenceNumber(String aggregate) {
        return jdbc.sql("SELECT sequence_number FROM events.domain_events WHERE aggregate_identifier = :aggregate"
                        + " ORDER BY sequence_number DESC LIMIT 1")
                .param("aggregate", aggregate)
                .query(Long.class)
                .optional();
    }

    /** The index of the first event stored at or after this moment. */
    public OptionalLong firstAt(Instant moment) {
        return jdbc.sql("SELECT min(global_index) FROM events.domain_events WHERE timestamp >= :moment")
                .param("moment", moment.toEpochMilli())
                .query((row, number) -> {
                    long index = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(index);
                })
                .single();
    }

    Optional<StoredEvent> snapshot(String aggregate) {
        return jdbc.sql("SELECT " + StoredEvent.COLUMNS_OF_SNAPSHOT
                        + " FROM events.snapshots WHERE aggregate_identifier = :aggregate")
                .param("aggregate", aggregate)
                .query(StoredEvent::of)
                .optional();
    }

    /** Stores the snapshot unless a newer one is stored. */
    void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        SerializedObject<byte[]> payload = serializer.serialize(snapshot.getPayload(), byte[].class);
        jdbc.sql(STORE_SNAPSHOT)
                .param("aggregate", snapshot.getAggregateIdentifier())
                .param("sequence", snapshot.getSequenceNumber())
                .param("event", snapshot.getIdentifier())
                .param("type", snapshot.getType())
                .param("timestamp", snapshot.getTimestamp().toEpochMilli())
                .param("payloadType", payload.getType().getName())
                .param("payloadRevision", payload.getType().getRevision())
                .param("payload", payload.getData())
                .param(
                        "metadata",
                        serializer
                                .serialize(snapshot.getMetaData(), byte[].class)
                                .getData())
                .update();
    }

    private final class AggregateEvents extends Spliterators.AbstractSpliterator<StoredEvent> {
        private final String aggregate;
        private long next;
        private List<StoredEvent> batch = List.of();
        private int consumed;
        private boolean last;

        AggregateEvents(String aggregate, long firstSequenceNumber) {
            super(Long.MAX_VALUE, ORDERED | NONNULL | IMMUTABLE);
            this.aggregate = aggregate;
            this.next = firstSequenceNumber;
        }

        @Override
        public boolean tryAdvance(Consumer<? super StoredEvent> action) {
            if (consumed == batch.size() && !last) {
                read();
            }
            if (consumed == batch.size()) {
                return false;
            }
            StoredEvent event = batch.get(consumed++);
            next = event.sequenceNumber() + 1;
            action.accept(event);
            return true;
        }

        private void read() {
            batch = new ArrayList<>(jdbc.sql(OF_AGGREGATE)
                    .param("aggregate", aggregate)
                    .param("first", next)
                    .param("rows", batchEvents)
                    .param("bytes", batchBytes)
                    .query(StoredEvent::of)
                    .list());
            consumed = 0;
            // A batch below both limits is the last one.
            last = batch.size() < batchEvents
                    && batch.stream().mapToLong(event -> event.payload().length).sum() < batchBytes;
        }
    }
}
