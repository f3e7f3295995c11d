package chat.parley.eventstore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/** Loses the writer's connection exactly where a test wants it. */
final class FaultyPostgres implements WriterConnections {
    /** What happens to the next commit. */
    enum Fault {
        NONE,
        /** It is done, and its answer never arrives. */
        ANSWER_LOST,
        /** It never arrives. */
        COMMIT_LOST
    }

    private final WriterConnections real;
    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);
    private volatile boolean away;

    FaultyPostgres(WriterConnections real) {
        this.real = real;
    }

    void nextCommit(Fault fault) {
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
        return (Connection) Proxy.newProxyInstance(
                FaultyPostgres.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    try {
                        // Reading the head and the outcome commits too, on a connection that has just been opened.
                        if (method.getName().equals("commit") && hasWritten(connection)) {
                            return commit(connection);
                        }
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean hasWritten(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private Object commit(Connection connection) throws SQLException {
        switch (next.getAndSet(Fault.NONE)) {
            case NONE -> connection.commit();
            case ANSWER_LOST -> {
                connection.commit();
                lose(connection);
            }
            case COMMIT_LOST -> lose(connection);
        }
        return Void.TYPE;
    }

    private static void lose(Connection connection) throws SQLException {
        connection.close();
        throw new SQLException("The connection was lost", "08006");
    }
}
