package chat.parley.eventstore.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Follows the appends of other nodes: PostgreSQL notifies of each commit. A connection that is lost without a sign
 * brings no notification, so the head is also asked for after each pause.
 */
final class AppendListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AppendListener.class);

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final WriterConnections connections;
    private final StoredTail tail;
    private final SeenHistory history;
    private final IntPredicate isOwn;
    private final int batchEvents;
    private final long batchBytes;
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing;

    /**
     * @param isOwn whether a server process is that of this node's writer, whose events need not be read
     */
    private AppendListener(
            WriterConnections connections,
            StoredTail tail,
            SeenHistory history,
            IntPredicate isOwn,
            int batchEvents,
            long batchBytes) {
        this.connections = connections;
        this.tail = tail;
        this.history = history;
        this.isOwn = isOwn;
        this.batchEvents = batchEvents;
        this.batchBytes = batchBytes;
        this.thread = Thread.ofPlatform().name("parley-event-listener").daemon().unstarted(this::run);
    }

    static AppendListener start(
            WriterConnections connections,
            StoredTail tail,
            SeenHistory history,
            IntPredicate isOwn,
            int batchEvents,
            long batchBytes) {
        AppendListener listener = new AppendListener(connections, tail, history, isOwn, batchEvents, batchBytes);
        listener.thread.start();
        return listener;
    }

    private void run() {
        while (!closed) {
            try (Connection connection = connections.open()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                lost(e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void lost(Exception reason) {
        if (closed || failing) {
            log.debug("The events of other nodes still cannot be followed", reason);
        } else {
            log.warn("The connection that follows the events of other nodes was lost: {}", reason.getMessage());
        }
        failing = true;
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN parley_events");
        }
        Durability.require(connection);
        Durability.awaitStandbys(connection);
        history.require(connection);
        PGConnection notifications = connection.unwrap(PGConnection.class);
        EventReader reader = new EventReader(new SingleConnectionDataSource(connection, true), batchEvents, batchBytes);
        tail.readThrough(reader.head(), reader);
        if (failing) {
            log.info("The events of other nodes are followed again");
            failing = false;
        }
        while (!closed) {
            PGNotification[] notified = notifications.getNotifications((int) PAUSE.toMillis());
            long head = notified == null || notified.length == 0 ? reader.head() : newestOfOthers(notified);
            tail.readThrough(head, reader);
        }
    }

    private long newestOfOthers(PGNotification[] notified) {
        long newest = -1;
        for (PGNotification append : notified) {
            if (!isOwn.test(append.getPID())) {
                newest = Math.max(newest, Long.parseLong(append.getParameter()));
            }
        }
        return newest;
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(STOP)) {
                log.warn("The connection that follows the events of other nodes did not end within {}", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
