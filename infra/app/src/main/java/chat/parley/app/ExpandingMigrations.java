package chat.parley.app;

import chat.parley.api.process.StartupFailure;
import chat.parley.eventstore.postgres.DatabaseSharing;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Tells migrations that only add what an older version does not miss from all others. Their names begin with
 * {@code expand}: {@code V2_58__expand_nicknames.sql}. An older version may run on tables that they have changed. Any other
 * migration is refused while some node uses the tables.
 */
final class ExpandingMigrations extends BaseCallback {
    private static final String PREFIX = "expand ";

    static boolean include(MigrationInfo migration) {
        return migration.getDescription().startsWith(PREFIX);
    }

    static String name(MigrationInfo migration) {
        return migration.getVersion() + " (" + migration.getDescription() + ")";
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE && !include(context.getMigrationInfo());
    }

    /** Runs in the transaction of the migration, so that no node starts before its end. */
    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            if (!DatabaseSharing.acquireAlone(context.getConnection())) {
                throw new StartupFailure(
                        "The migration " + name(context.getMigrationInfo())
                                + " changes tables in PostgreSQL that running nodes of another version use, and was not made",
                        "Stop all nodes, and start this version then");
            }
        } catch (SQLException e) {
            throw new FlywayException("PostgreSQL could not be asked whether nodes use it", e);
        }
    }
}
