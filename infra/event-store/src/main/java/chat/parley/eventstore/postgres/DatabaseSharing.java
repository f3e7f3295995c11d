package chat.parley.eventstore.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Who may append events to a database. */
public enum DatabaseSharing {
    /** One process, which counts the index itself: the embedded engines. */
    EXCLUSIVE("pg_try_advisory_lock"),
    /** All nodes of a cluster. The database serialises their appends and counts the index. */
    SHARED("pg_try_advisory_lock_shared");

    /** The key of the advisory lock: "PARLEY" in ASCII. */
    private static final long LOCK = 0x5041_524C_4559L;

    private final String tryLock;

    DatabaseSharing(String tryLock) {
        this.tryLock = tryLock;
    }

    /**
     * Takes the session's lock, which keeps processes of the other kind away as long as the connection is open.
     *
     * @return false if another process holds a lock that excludes this one
     */
    public boolean acquire(Connection connection) throws SQLException {
        return tryLock(connection, tryLock);
    }

    /**
     * Keeps all processes away until the present transaction ends.
     *
     * @return false if some process uses the database
     */
    public static boolean acquireAlone(Connection connection) throws SQLException {
        return tryLock(connection, "pg_try_advisory_xact_lock");
    }

    private static boolean tryLock(Connection connection, String function) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT " + function + "(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
