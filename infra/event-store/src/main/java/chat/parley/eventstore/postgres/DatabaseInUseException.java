package chat.parley.eventstore.postgres;

/** Another process appends events to this database. */
final class DatabaseInUseException extends IllegalStateException {
    DatabaseInUseException() {
        super("Another Parley process is using this database: its event writer holds the lock that exactly one may"
                + " hold. Stop it, or give this one a database of its own.");
    }
}
