package chat.parley.eventstore.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/** Stores events in PostgreSQL by group commit, with global indexes from 0 without gaps. */
public final class PostgresEventStorageEngine extends AbstractEventStorageEngine {
    private static final String UNIQUE_VIOLATION = "23505";

    private final GroupCommit commit;
    private final EventReader reader;
    private final EventTailBuffer buffer;
    private final LongSupplier head;
    private final EventEncoding encoding;

    private PostgresEventStorageEngine(
            Builder builder,
            GroupCommit commit,
            EventReader reader,
            EventTailBuffer buffer,
            LongSupplier head,
            EventEncoding encoding) {
        super(builder);
        this.commit = commit;
        this.reader = reader;
        this.buffer = buffer;
        this.head = head;
        this.encoding = encoding;
    }

    /** @param head the index of the newest acknowledged event */
    static PostgresEventStorageEngine of(
            GroupCommit commit, EventReader reader, EventTailBuffer buffer, LongSupplier head, EventEncoding encoding) {
        Builder builder = new Builder();
        builder.eventSerializer(encoding.events())
                .snapshotSerializer(encoding.snapshots())
                .snapshotFilter(encoding.snapshotFilter())
                .upcasterChain(encoding.upcasters())
                .persistenceExceptionResolver(PostgresEventStorageEngine::isDuplicate);
        return new PostgresEventStorageEngine(builder, commit, reader, buffer, head, encoding);
    }

    private static boolean isDuplicate(Exception e) {
        return e instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        List<PendingEvent> pending =
                events.stream().map(event -> PendingEvent.of(event, serializer)).toList();
        try {
            commit.submit(pending).await();
        } catch (SQLException e) {
            handlePersistenceException(e, events.getFirst());
        }
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        reader.storeSnapshot(snapshot, serializer);
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String aggregate, long firstSequenceNumber) {
        return reader.ofAggregate(aggregate, firstSequenceNumber);
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken token, boolean mayBlock) {
        return Stream.iterate(
                        reader.after(indexOf(token)),
                        batch -> !batch.isEmpty(),
                        batch -> reader.after(batch.getLast().globalIndex()))
                .flatMap(List::stream);
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregate) {
        return reader.snapshot(aggregate).stream();
    }

    /** Reads one event only. */
    Optional<DomainEventMessage<?>> find(String aggregate, long sequenceNumber) {
        DomainEventStream found = EventStreamUtils.upcastAndDeserializeDomainEvents(
                reader.find(aggregate, sequenceNumber).stream(), getEventSerializer(), upcasterChain);
        return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }

    BlockingStream<TrackedEventMessage<?>> open(@Nullable TrackingToken token) {
        return new EventTailStream(buffer, reader, encoding::decode, indexOf(token));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregate) {
        return reader.lastSequenceNumber(aggregate);
    }

    /** Null, because events are never removed from the beginning. */
    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return tokenOf(head.getAsLong());
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant moment) {
        OptionalLong first = reader.firstAt(moment);
        return first.isPresent() ? tokenOf(first.getAsLong() - 1) : createHeadToken();
    }

    /** As with Axon Server, there is no token before the first event. */
    private static @Nullable TrackingToken tokenOf(long index) {
        return index < 0 ? null : new GlobalSequenceTrackingToken(index);
    }

    private static long indexOf(@Nullable TrackingToken token) {
        return token == null
                ? -1
                : token.position().orElseThrow(() -> new IllegalArgumentException("No position in the token " + token));
    }

    /** The serializers of events and snapshots, and the upcasters of events. */
    public record EventEncoding(
            Serializer events, Serializer snapshots, SnapshotFilter snapshotFilter, EventUpcaster upcasters) {
        List<TrackedEventMessage<?>> decode(List<StoredEvent> rows) {
            return EventUtils.upcastAndDeserializeTrackedEvents(rows.stream(), events, upcasters)
                    .<TrackedEventMessage<?>>map(event -> event)
                    .toList();
        }
    }

    private static final class Builder extends AbstractEventStorageEngine.Builder {}
}
