package chat.parley.eventstore.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** A row of the event table. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes never leave the module
public record StoredEvent(
        long globalIndex,
        String eventIdentifier,
        String aggregateIdentifier,
        long sequenceNumber,
        @Nullable String type,
        long timestampMillis,
        String payloadType,
        @Nullable String payloadRevision,
        byte[] payload,
        byte[] metadata)
        implements TrackedEventData<byte[]>, DomainEventData<byte[]> {

    private static final String WITHOUT_INDEX = "event_identifier, aggregate_identifier, sequence_number, type,"
            + " timestamp, payload_type, payload_revision, payload, metadata";

    static final String COLUMNS = "global_index, " + WITHOUT_INDEX;

    /** A snapshot has no global index. */
    static final String COLUMNS_OF_SNAPSHOT = "-1, " + WITHOUT_INDEX;

    /** @param row with these columns in their order; by name, a row would take a tenth longer */
    static StoredEvent of(ResultSet row, int rowNumber) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7),
                row.getString(8),
                row.getBytes(9),
                row.getBytes(10));
    }

    int bytes() {
        return payload.length + metadata.length;
    }

    @Override
    public TrackingToken trackingToken() {
        return new GlobalSequenceTrackingToken(globalIndex);
    }

    @Override
    public String getEventIdentifier() {
        return eventIdentifier;
    }

    @Override
    public String getAggregateIdentifier() {
        return aggregateIdentifier;
    }

    @Override
    public long getSequenceNumber() {
        return sequenceNumber;
    }

    @Override
    public @Nullable String getType() {
        return type;
    }

    @Override
    public Instant getTimestamp() {
        return Instant.ofEpochMilli(timestampMillis);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(payload, byte[].class, payloadType, payloadRevision);
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new SimpleSerializedObject<>(metadata, byte[].class, MetaData.class.getName(), null);
    }
}
