package chat.parley.eventstore.postgres;

/** Who may append events to a database. */
public enum DatabaseSharing {
    /** One process, which counts the index itself: the embedded engines. */
    EXCLUSIVE("pg_try_advisory_lock"),
    /** All nodes of a cluster. The database serialises their appends and counts the index. */
    SHARED("pg_try_advisory_lock_shared");

    private final String tryLock;

    DatabaseSharing(String tryLock) {
        this.tryLock = tryLock;
    }

    /** The function that takes the session's lock, which keeps processes of the other kind away. */
    String tryLock() {
        return tryLock;
    }
}
