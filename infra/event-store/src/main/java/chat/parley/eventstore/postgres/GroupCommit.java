package chat.parley.eventstore.postgres;

import chat.parley.eventstore.EventStoreProperties;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores many callers' events in one transaction. A single writer takes what has gathered while it was storing the
 * batch before, so batches grow with the load, and it alone assigns the global index, so that has no gaps and is the
 * order of commits.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** A process that was killed a moment ago may still be holding the lock while its last transaction ends. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final WriterConnections connections;
    private final EventTailBuffer ring;
    private final EventStoreProperties properties;
    private final CommitMeters meters;
    private final AppendQueue queue;
    private final Thread writer;

    private @Nullable WriterConnection connection;
    private long nextIndex;

    /** Set once PostgreSQL has been away for longer than callers wait: then every batch has one try only. */
    private boolean away;

    private GroupCommit(
            WriterConnections connections, EventTailBuffer ring, EventStoreProperties properties, CommitMeters meters) {
        this.connections = connections;
        this.ring = ring;
        this.properties = properties;
        this.meters = meters;
        this.queue = new AppendQueue(
                properties.maxQueuedAppends(), properties.maxQueued().toBytes());
        this.writer = Thread.ofPlatform().name("parley-event-writer").daemon().unstarted(this::run);
    }

    /**
     * Takes the lock, finds the head and starts the writer.
     *
     * @throws DatabaseInUseException if another process has the lock
     */
    static GroupCommit start(
            WriterConnections connections, EventTailBuffer ring, EventStoreProperties properties, CommitMeters meters) {
        GroupCommit commit = new GroupCommit(connections, ring, properties, meters);
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
                ring.advanceTo(nextIndex - 1);
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

    /** Hands the events to the writer; the caller waits on the answer. */
    Append submit(List<PendingEvent> events) {
        Append append = new Append(events);
        switch (queue.offer(append)) {
            case TAKEN -> {}
            case FULL -> append.notStored("Too many events are waiting to be stored", null);
            case CLOSED -> append.notStored("The event store is closed", null);
        }
        return append;
    }

    private void run() {
        try {
            while (!queue.isDrained()) {
                List<Append> batch = queue.take(
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
            log.error("The event writer was interrupted and stores nothing more", e);
        } finally {
            queue.close();
            failWaiting("The event store is closed", null);
            disconnect();
        }
    }

    /** Nobody may be left waiting, whatever goes wrong. */
    private void storeOrFail(List<Append> batch) {
        try {
            store(batch);
        } catch (RuntimeException | Error e) {
            log.error("Storing {} appends failed", batch.size(), e);
            disconnect();
            batch.forEach(append -> append.unknown("Storing the events failed", e));
        }
    }

    private void store(List<Append> batch) {
        long deadline = System.nanoTime() + properties.recoveryTimeout().toNanos();
        boolean inDoubt = false;
        long firstIndex = -1;
        while (true) {
            try {
                WriterConnection current = connected();
                if (inDoubt && isStoredFrom(current, firstIndex, batch)) {
                    publish(firstIndex, batch);
                    return;
                }
                ring.advanceTo(nextIndex - 1);
                long started = System.nanoTime();
                firstIndex = nextIndex;
                inDoubt = true;
                Optional<SQLException> rejection = current.append(firstIndex, eventsOf(batch));
                if (rejection.isPresent()) {
                    rejected(batch, rejection.get());
                    return;
                }
                meters.committed(batch, System.nanoTime() - started);
                publish(firstIndex, batch);
                return;
            } catch (SQLException | DatabaseInUseException e) {
                log.warn("The event writer lost PostgreSQL: {}", e.getMessage());
                disconnect();
                if (away || System.nanoTime() > deadline) {
                    giveUp(batch, inDoubt, e);
                    return;
                }
                pause();
            }
        }
    }

    /** Where several were rejected together, each has a try of its own. */
    private void rejected(List<Append> batch, SQLException why) {
        if (batch.size() == 1) {
            batch.getFirst().rejected(why);
        } else {
            batch.forEach(append -> store(List.of(append)));
        }
    }

    /** Holding the lock again means that the lost transaction has ended; this is how it ended. */
    private static boolean isStoredFrom(WriterConnection current, long firstIndex, List<Append> appends)
            throws SQLException {
        OptionalLong index = current.indexOf(appends.getFirst().events().getFirst());
        return index.isPresent() && index.getAsLong() == firstIndex;
    }

    /** Followers first: whoever was answered finds the event at the head. */
    private void publish(long firstIndex, List<Append> appends) {
        List<PendingEvent> events = eventsOf(appends);
        if (!events.isEmpty()) {
            ring.publish(firstIndex, events);
            nextIndex = Math.max(nextIndex, firstIndex + events.size());
            ring.advanceTo(nextIndex - 1);
        }
        appends.forEach(Append::stored);
    }

    private void giveUp(List<Append> open, boolean inDoubt, Exception reason) {
        away = true;
        String message = "PostgreSQL is away: " + reason.getMessage();
        for (Append append : open) {
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
            ring.advanceTo(nextIndex - 1);
        } catch (SQLException | RuntimeException e) {
            log.warn("PostgreSQL is still away from the event writer: {}", e.getMessage());
        }
    }

    private WriterConnection connected() throws SQLException {
        if (connection != null) {
            return connection;
        }
        WriterConnection opened = WriterConnection.open(connections);
        try {
            nextIndex = opened.head() + 1;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        connection = opened;
        away = false;
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

    private static List<PendingEvent> eventsOf(List<Append> appends) {
        List<PendingEvent> events = new ArrayList<>();
        appends.forEach(append -> events.addAll(append.events()));
        return events;
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** Takes nothing more, stores what has been taken, and gives the lock back. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!writer.join(properties.drainTimeout())) {
                log.error("The event writer did not finish in {}", properties.drainTimeout());
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
