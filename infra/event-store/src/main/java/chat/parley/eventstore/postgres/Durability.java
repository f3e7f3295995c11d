package chat.parley.eventstore.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What a commit waits for before it counts. */
final class Durability {
    /** An acknowledged append must be on disk. A server that waits for its standbys keeps its stronger setting. */
    private static final String REQUIRE = "SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')";

    /** An entry of the write-ahead log that changes nothing, whose commit waits as every commit does. */
    private static final String COMMIT = "SELECT pg_logical_emit_message(true, 'parley', '')";

    /** The outcome of a transaction is unknown. */
    private static final String UNKNOWN = "08007";

    private Durability() {}

    static void require(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(REQUIRE);
        }
    }

    /**
     * Waits until the synchronous standbys have everything that this session sees. An append is visible before they have
     * it if its server was started anew, or its session ended, while it waited for them. They receive one log in its
     * order, so a later commit waits for the earlier ones.
     */
    static void awaitStandbys(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(COMMIT);
            requireWaited(statement);
        }
    }

    /** A commit that an administrator told not to wait for the standbys succeeds with a warning. */
    static void requireWaited(Statement committed) throws SQLException {
        if (committed.getWarnings() != null) {
            throw new SQLException(
                    "PostgreSQL may not have waited for its standbys: "
                            + committed.getWarnings().getMessage(),
                    UNKNOWN,
                    committed.getWarnings());
        }
    }
}
