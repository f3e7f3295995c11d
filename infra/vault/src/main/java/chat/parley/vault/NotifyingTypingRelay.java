package chat.parley.vault;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TypingRelay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes typing signs by PostgreSQL's notifications, over one connection that this node keeps. The signs of one exchange
 * are one notification, a line for each; the most of them have fewer than the 8,000 bytes that PostgreSQL allows.
 */
final class NotifyingTypingRelay implements TypingRelay, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NotifyingTypingRelay.class);

    private static final int WAIT_MS = 250;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource vault;
    private @Nullable Connection connection;
    private boolean failing;

    NotifyingTypingRelay(DataSource vault) {
        this.vault = vault;
    }

    @Override
    public synchronized Set<Typing> exchange(Collection<Typing> own) throws InterruptedException {
        try {
            Connection open = connection == null ? listen() : connection;
            connection = open;
            if (!own.isEmpty()) {
                send(open, own);
            }
            PGConnection server = open.unwrap(PGConnection.class);
            return received(server.getNotifications(WAIT_MS), server.getBackendPID());
        } catch (SQLException e) {
            if (!failing) {
                log.warn("Nobody sees the people of other nodes type until PostgreSQL answers: {}", e.getMessage());
                failing = true;
            }
            close();
            Thread.sleep(PAUSE);
            return Set.of();
        }
    }

    private Connection listen() throws SQLException {
        Connection opened = vault.getConnection();
        try (Statement statement = opened.createStatement()) {
            statement.execute("LISTEN parley_typing");
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        failing = false;
        return opened;
    }

    private static void send(Connection connection, Collection<Typing> own) throws SQLException {
        String signs = own.stream()
                .map(typing -> typing.conversation() + " " + typing.user())
                .collect(Collectors.joining("\n"));
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify('parley_typing', ?)")) {
            statement.setString(1, signs);
            statement.execute();
        }
    }

    private static Set<Typing> received(PGNotification @Nullable [] notifications, int ownProcess) {
        Set<Typing> received = new HashSet<>();
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                if (notification.getPID() != ownProcess) {
                    notification.getParameter().lines().forEach(line -> read(line, received));
                }
            }
        }
        return received;
    }

    private static void read(String line, Set<Typing> received) {
        String[] ids = line.split(" ", -1);
        try {
            if (ids.length == 2) {
                received.add(new Typing(new ConversationId(ids[0]), new UserId(ids[1])));
            }
        } catch (RuntimeException invalid) {
            log.debug("A typing sign of another node is ignored: {}", invalid.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            // It goes back to the pool, which drops it if this fails.
            try (open;
                    Statement statement = open.createStatement()) {
                statement.execute("UNLISTEN parley_typing");
            } catch (SQLException e) {
                log.debug("The connection for typing signs was lost", e);
            }
        }
    }
}
