package chat.parley.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Gives one connection to whoever has transactions of their own, such as Flyway, and leaves all their changes to the
 * transaction that the owner of the connection commits.
 */
final class OneTransaction extends AbstractDataSource {
    private final Connection connection;
    private boolean autoCommit = true;

    /** @param connection in a transaction */
    OneTransaction(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Connection getConnection() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this::invoke);
    }

    @Override
    public Connection getConnection(String username, String password) {
        return getConnection();
    }

    private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "setAutoCommit" -> autoCommit = (boolean) Objects.requireNonNull(arguments)[0];
            case "commit", "rollback", "close", "setReadOnly", "setTransactionIsolation" -> {}
            case "getAutoCommit" -> {
                return autoCommit;
            }
            default -> {
                try {
                    return method.invoke(connection, arguments);
                } catch (InvocationTargetException failed) {
                    throw failed.getCause();
                }
            }
        }
        return null;
    }
}
