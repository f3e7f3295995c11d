package chat.parley.eventstore.postgres;

import chat.parley.eventstore.postgres.WriterConnection.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the events of many callers in one transaction. A single writer thread takes the appends that were queued
 * during the previous transaction, so batches grow with the load. The global index has no gaps and follows the order of
 * commits: the writer assigns it where no other process appends, and else PostgreSQL does, one append after the other.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** After a process was killed, PostgreSQL keeps its lock until its last transaction has ended. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final WriterConnections connections;
    private final DatabaseSharing sharing;
    private final EventTailBuffer buffer;
    private final StoredTail tail;
    private final SeenHistory history;
    private final EventStoreProperties properties;
    private final CommitMeters meters;
    private final AppendQueue queue;
    private final Thread writer;

    private @Nullable WriterConnection connection;
    private volatile int backend;

    /** The index of the next event, or the lowest possible one if other nodes append, too. */
    private long nextIndex;

    /** Set when PostgreSQL was unreachable for the recovery timeout: from then on each batch is tried only once. */
    private boolean unreachable;

    private GroupCommit(
            WriterConnections connections,
            DatabaseSharing sharing,
            EventTailBuffer buffer,
            StoredTail tail,
            SeenHistory history,
            EventStoreProperties properties,
            CommitMeters meters) {
        this.connections = connections;
        this.sharing = sharing;
        this.buffer = buffer;
        this.tail = tail;
        this.history = history;
        this.properties = properties;
        this.meters = meters;
        this.queue = new AppendQueue(
                properties.maxQueuedAppends(), properties.maxQueued().toBytes());
        this.writer = Thread.ofPlatform().name("parley-event-writer").daemon().unstarted(this::run);
    }

    /**
     * Takes the lock, reads the head and starts the writer.
     *
     * @throws DatabaseInUseException if another process has a lock that excludes this one
     */
    static GroupCommit start(
            WriterConnections connections,
            DatabaseSharing sharing,
            EventTailBuffer buffer,
            StoredTail tail,
            SeenHistory history,
            EventStoreProperties properties,
            CommitMeters meters) {
        GroupCommit commit = new GroupCommit(connections, sharing, buffer, tail, history, properties, meters);
        commit.connectFirst();
        meters.queued(commit.queue);
        commit.writer.start();
        return commit;
    }

    private void connectFirst() {
        long deadline = System.nanoTime() + LOCK_PATIENCE.toNanos();
        while (true) {
            try {
                connected();
                buffer.advanceTo(nextIndex - 1);
                return;
            } catch (SQLException e) {
                throw new IllegalStateException("The event store's database cannot be used: " + e.getMessage(), e);
            } catch (DatabaseInUseException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** Whether a server process of PostgreSQL is that of the writer. */
    boolean isWriter(int process) {
        return process == backend;
    }

    /** Queues the events; the caller waits for the returned append. */
    PendingAppend submit(List<PendingEvent> events) {
        PendingAppend append = new PendingAppend(events);
        switch (queue.offer(append)) {
            case TAKEN -> {}
            case FULL -> append.notStored("The queue of the event writer is full", null);
            case CLOSED -> append.notStored("The event store is closed", null);
        }
        return append;
    }

    private void run() {
        try {
            while (!queue.isDrained()) {
                List<PendingAppend> batch = queue.take(
                        IDLE,
                        properties.maxBatchAppends(),
                        properties.maxBatch().toBytes());
                if (!batch.isEmpty()) {
                    storeOrFail(batch);
                } else if (connection == null) {
                    reconnect();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.error("The event writer was interrupted and stores no more events; restart the process", e);
        } finally {
            queue.close();
            failWaiting("The event store is closed", null);
            disconnect();
        }
    }

    /** Completes every append of the batch, whatever fails. */
    private void storeOrFail(List<PendingAppend> batch) {
        try {
            store(batch);
        } catch (RuntimeException | Error e) {
            log.error("Storing {} appends failed; their outcome is unknown", batch.size(), e);
            disconnect();
            batch.forEach(append -> append.unknown("Storing the events failed", e));
        }
    }

    private void store(List<PendingAppend> batch) {
        long deadline = System.nanoTime() + properties.recoveryTimeout().toNanos();
        boolean inDoubt = false;
        long firstIndex = -1;
        while (true) {
            try {
                WriterConnection current = connected();
                OptionalLong stored = inDoubt ? storedSince(current, firstIndex, batch) : OptionalLong.empty();
                if (stored.isPresent()) {
                    publish(current, stored.getAsLong(), batch);
                    return;
                }
                buffer.advanceTo(nextIndex - 1);
                long started = System.nanoTime();
                firstIndex = nextIndex;
                inDoubt = true;
                switch (current.append(firstIndex, eventsOf(batch))) {
                    case Outcome.Rejected(SQLException reason) -> rejected(batch, reason);
                    case Outcome.Stored(long index) -> {
                        meters.committed(batch, System.nanoTime() - started);
                        publish(current, index, batch);
                    }
                }
                return;
            } catch (SQLException | DatabaseInUseException e) {
                log.warn("The event writer lost its connection to PostgreSQL and reconnects: {}", e.getMessage());
                disconnect();
                if (unreachable || System.nanoTime() > deadline) {
                    giveUp(batch, inDoubt, e);
                    return;
                }
                pause();
            }
        }
    }

    /** A rejected batch is stored again in halves, so that only the faulty append is refused, at few commits. */
    private void rejected(List<PendingAppend> batch, SQLException why) {
        if (batch.size() == 1) {
            batch.getFirst().rejected(why);
        } else {
            int half = batch.size() / 2;
            store(batch.subList(0, half));
            store(batch.subList(half, batch.size()));
        }
    }

    /**
     * The first index of a batch whose connection was lost. With the lock regained, the lost transaction has ended, so
     * this is its final outcome.
     *
     * @param lowestIndex the head before the append, plus 1; an equal event that was stored before is another one
     */
    private static OptionalLong storedSince(WriterConnection current, long lowestIndex, List<PendingAppend> appends)
            throws SQLException {
        OptionalLong index = current.indexOf(appends.getFirst().events().getFirst());
        return index.isPresent() && index.getAsLong() >= lowestIndex ? index : OptionalLong.empty();
    }

    /** Publishes before it completes the appends, so that a caller finds its own event at the head. */
    private void publish(WriterConnection current, long firstIndex, List<PendingAppend> appends) {
        List<PendingEvent> events = eventsOf(appends);
        if (!events.isEmpty()) {
            if (firstIndex > buffer.head() + 1) {
                readEventsBefore(current, firstIndex);
            }
            buffer.publish(firstIndex, events);
            nextIndex = Math.max(nextIndex, firstIndex + events.size());
            buffer.advanceTo(nextIndex - 1);
        }
        appends.forEach(PendingAppend::stored);
    }

    /** Without them in the buffer, its readers read them from the database, one by one. */
    private void readEventsBefore(WriterConnection current, long firstIndex) {
        try {
            tail.readThrough(
                    firstIndex - 1,
                    current.reader(properties.readEvents(), properties.read().toBytes()));
        } catch (RuntimeException e) {
            log.warn(
                    "The events of other nodes before index {} could not be read ahead: {}",
                    firstIndex,
                    e.getMessage());
        }
    }

    private void giveUp(List<PendingAppend> open, boolean inDoubt, Exception reason) {
        unreachable = true;
        String message = "PostgreSQL is unreachable: " + reason.getMessage();
        for (PendingAppend append : open) {
            if (inDoubt) {
                append.unknown(message, reason);
            } else {
                append.notStored(message, reason);
            }
        }
        failWaiting(message, reason);
    }

    private void failWaiting(String message, @Nullable Exception reason) {
        queue.drain().forEach(append -> append.notStored(message, reason));
    }

    private void reconnect() {
        try {
            connected();
            buffer.advanceTo(nextIndex - 1);
        } catch (SQLException | RuntimeException e) {
            log.warn("The event writer still cannot reach PostgreSQL: {}", e.getMessage());
        }
    }

    private WriterConnection connected() throws SQLException {
        if (connection != null) {
            return connection;
        }
        WriterConnection opened = WriterConnection.open(connections, sharing);
        try {
            opened.require(history);
            nextIndex = opened.head() + 1;
            backend = opened.backend();
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        connection = opened;
        unreachable = false;
        return opened;
    }

    private void disconnect() {
        WriterConnection lost = connection;
        connection = null;
        if (lost != null) {
            try {
                lost.close();
            } catch (SQLException e) {
                log.debug("Closing the event writer's connection failed", e);
            }
        }
    }

    private static List<PendingEvent> eventsOf(List<PendingAppend> appends) {
        List<PendingEvent> events = new ArrayList<>();
        appends.forEach(append -> events.addAll(append.events()));
        return events;
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** Refuses further appends, stores the queued ones and releases the lock. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!writer.join(properties.drainTimeout())) {
                log.error(
                        "The event writer did not store all queued events within {}; the rest was not acknowledged",
                        properties.drainTimeout());
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
