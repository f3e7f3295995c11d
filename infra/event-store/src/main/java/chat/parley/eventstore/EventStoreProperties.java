package chat.parley.eventstore;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The event store of the embedded engines, and the caches in front of any.
 *
 * @param maxBatchAppends  most appends (one per command) that are stored in one transaction
 * @param maxBatch         most bytes of one transaction
 * @param maxQueuedAppends most appends waiting for the writer; more are refused with {@code retry-later}
 * @param maxQueued        most bytes waiting for the writer
 * @param tailEvents       newest events kept in memory for those who follow the head
 * @param tail             most bytes of them
 * @param readEvents       events read from the database at once
 * @param read             most bytes read from the database at once
 * @param commitTimeout    how long PostgreSQL may be silent before the writer's connection counts as lost
 * @param recoveryTimeout  how long callers wait for a lost PostgreSQL before they are told so
 * @param drainTimeout     how long a shutdown waits for what is queued
 * @param cachedAggregates aggregates of one type kept in memory. 50,000 is every conversation and read mark that a busy node writes
 *                         to within minutes; most take a few kilobytes, and when memory is short they give way first
 * @param cachedEntries    old entries kept in memory for questions about them, counted per begun kilobyte of text
 * @param cachedTextKeys   text keys kept in memory, and as many names of keys that are gone
 * @param textKeysExpireAfter how long a node may still read a text after its key was destroyed
 */
@ConfigurationProperties("parley.event-store")
public record EventStoreProperties(
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
        @DefaultValue("16384") int cachedEntries,
        @DefaultValue("100000") int cachedTextKeys,
        @DefaultValue("5m") Duration textKeysExpireAfter) {}
