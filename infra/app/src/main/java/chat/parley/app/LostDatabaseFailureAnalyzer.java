package chat.parley.app;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells an operator that the database answered when the start began, and was lost before it ended. */
final class LostDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    /** Class of the SQL states of broken and refused connections. */
    private static final String CONNECTION = "08";

    /** The server is starting, stopping, or has crashed. */
    private static final String OPERATOR_INTERVENTION = "57P";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        return isLost(cause)
                ? new FailureAnalysis(
                        "PostgreSQL was lost while this node started: " + cause.getMessage(),
                        "Start the node again; it waits for PostgreSQL first. A supervisor that restarts ended processes"
                                + " needs no further step.",
                        cause)
                : null;
    }

    private static boolean isLost(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || (state != null && (state.startsWith(CONNECTION) || state.startsWith(OPERATOR_INTERVENTION)));
    }
}
