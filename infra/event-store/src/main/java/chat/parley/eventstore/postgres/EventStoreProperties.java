package chat.parley.eventstore.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the event store in PostgreSQL, and of the caches in front of every event store.
 *
 * @param engine              with {@code parley.engines=server}, what stores the events
 * @param maxBatchAppends     highest number of appends (one per command) in one transaction
 * @param maxBatch            highest number of bytes in one transaction
 * @param maxQueuedAppends    highest number of appends waiting for the writer; further ones are refused with {@code
 * retry-later}
 * @param maxQueued           highest number of bytes waiting for the writer
 * @param tailEvents          number of newest events kept in memory for readers at the head
 * @param tail                highest number of bytes of these events
 * @param readEvents          events per database read
 * @param read                bytes per database read
 * @param commitTimeout       how long PostgreSQL may take to answer before the writer's connection counts as lost
 * @param recoveryTimeout     how long appends wait for PostgreSQL to come back before they fail
 * @param drainTimeout        how long a shutdown waits for queued appends
 * @param cachedAggregates    aggregates per type kept in memory. 50,000 covers every conversation and read mark that a
 * busy node writes to within minutes; most take a few kilobytes and are evicted when memory runs short
 * @param cachedEntries       older entries kept in memory, weighed by begun kilobytes of text
 */
@ConfigurationProperties("parley.event-store")
public record EventStoreProperties(
        @DefaultValue("axon-server") Engine engine,
        @DefaultValue("512") int maxBatchAppends,
        @DefaultValue("4MB") DataSize maxBatch,
        @DefaultValue("10000") int maxQueuedAppends,
        @DefaultValue("64MB") DataSize maxQueued,
        @DefaultValue("16384") int tailEvents,
        @DefaultValue("32MB") DataSize tail,
        @DefaultValue("512") int readEvents,
        @DefaultValue("4MB") DataSize read,
        @DefaultValue("30s") Duration commitTimeout,
        @DefaultValue("10s") Duration recoveryTimeout,
        @DefaultValue("8s") Duration drainTimeout,
        @DefaultValue("50000") int cachedAggregates,
        @DefaultValue("16384") int cachedEntries) {
    /** A server that stores the events. */
    public enum Engine {
        AXON_SERVER,
        /** The database of the vault, which all nodes share. */
        POSTGRES
    }
}
