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

    static final String COLUMNS = "global_index, event_identifier, aggregate_identifier, sequence_number, type,"
            + " timestamp, payload_type, payload_revision, payload, metadata";

    static StoredEvent of(ResultSet row, int rowNumber) throws SQLException {
        return new StoredEvent(
                row.getLong("global_index"),
                row.getString("event_identifier"),
                row.getString("aggregate_identifier"),
                row.getLong("sequence_number"),
                row.getString("type"),
                row.getLong("timestamp"),
                row.getString("payload_type"),
                row.getString("payload_revision"),
                row.getBytes("payload"),
                row.getBytes("metadata"));
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
