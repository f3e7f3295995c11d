package chat.parley.eventstore.postgres;

/** Another process appends events to this database, and one of the two wants to be the only one. */
final class DatabaseInUseException extends IllegalStateException {
    DatabaseInUseException(DatabaseSharing wanted) {
        super(
                switch (wanted) {
                    case EXCLUSIVE ->
                        "Another Parley process is using this database: its event writer holds the lock that exactly one may"
                                + " hold. Stop it, or give this one a database of its own.";
                    case SHARED ->
                        "A Parley process that shares its database with nobody is using this database. Stop it, or start it with"
                                + " parley.engines=server and parley.event-store.engine=postgres, as all nodes of a cluster.";
                });
    }
}
