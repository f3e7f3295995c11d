package chat.parley.eventstore.postgres;

import chat.parley.testing.Intercepted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/** Loses the writer's connection at a chosen point. */
final class FaultyPostgres implements WriterConnections {
    /** The fault of the next append. */
    enum Fault {
        NONE,
        /** The append is stored, and its answer is lost. */
        ANSWER_LOST,
        /** The append does not reach the server. */
        APPEND_LOST
    }

    private final WriterConnections real;
    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);
    private volatile boolean away;

    FaultyPostgres(WriterConnections real) {
        this.real = real;
    }

    void nextAppend(Fault fault) {
        next.set(fault);
    }

    /** Whether connections can be opened. */
    void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public Connection open() throws SQLException {
        if (away) {
            throw new SQLException("Connection refused", "08001");
        }
        Connection connection = real.open();
        return Intercepted.of(Connection.class, (_, method, args) -> {
            Object result = method.invoke(connection, args);
            return result instanceof PreparedStatement statement && isAppend(String.valueOf(args[0]))
                    ? faulty(connection, statement)
                    : result;
        });
    }

    private static boolean isAppend(String sql) {
        return sql.startsWith("INSERT INTO events.domain_events") || sql.startsWith("SELECT events.append");
    }

    private PreparedStatement faulty(Connection connection, PreparedStatement statement) {
        return Intercepted.of(PreparedStatement.class, (_, method, args) -> {
            if (!method.getName().startsWith("execute")) {
                return method.invoke(statement, args);
            }
            Fault fault = next.getAndSet(Fault.NONE);
            if (fault == Fault.APPEND_LOST) {
                lose(connection);
            }
            Object result = method.invoke(statement, args);
            if (fault == Fault.ANSWER_LOST) {
                lose(connection);
            }
            return result;
        });
    }

    private static void lose(Connection connection) throws SQLException {
        connection.close();
        throw new SQLException("The connection was lost", "08006");
    }
}
