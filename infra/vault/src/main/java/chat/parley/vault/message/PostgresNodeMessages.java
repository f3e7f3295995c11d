package chat.parley.vault.message;

import chat.parley.api.RandomValues;
import chat.parley.api.node.NodeMessages;
import chat.parley.api.process.OwnedThread;
import chat.parley.api.process.RepeatingThread;
import chat.parley.vault.primary.PrimaryConnections;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends messages as notifications of one PostgreSQL channel. One thread sends all that wait in one transaction, another
 * listens on a connection of its own. While PostgreSQL is away, messages are dropped.
 */
public final class PostgresNodeMessages implements NodeMessages, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PostgresNodeMessages.class);

    private static final String CHANNEL = "parley_nodes";
    private static final int SENDER_BYTES = 9;
    private static final int MAX_WAITING = 1_000;
    /** A connection that was lost without a sign is noticed after this time. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** A stop is noticed after this time, because nothing interrupts a thread that reads from a socket. */
    private static final Duration WAKE = Duration.ofMillis(100);

    private static final int ANSWER_SECONDS = 2;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final DataSource sending;
    private final PrimaryConnections listening;
    private final String self = RandomValues.text(SENDER_BYTES);
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Map<String, Consumer<String>> receivers = new ConcurrentHashMap<>();
    private final OwnedThread sender = new OwnedThread("parley-node-sender", this::sendWaiting, STOP);
    private final RepeatingThread listener =
            new RepeatingThread("parley-node-listener", Duration.ZERO, PAUSE, STOP, this::listenUntilLost, this::lost);
    private boolean failing;

    private PostgresNodeMessages(DataSource sending, PrimaryConnections listening) {
        this.sending = sending;
        this.listening = listening;
    }

    /**
     * @param sending   a pool
     * @param listening to the same database
     */
    public static PostgresNodeMessages over(DataSource sending, PrimaryConnections listening) {
        return new PostgresNodeMessages(sending, listening);
    }

    private static Properties listenerProperties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "parley-node-messages");
        properties.setProperty("connectTimeout", String.valueOf(ANSWER_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    @Override
    public void send(String topic, String message) {
        if (!waiting.offer(self + " " + topic + " " + message)) {
            log.debug("A message to other nodes was dropped: {} are waiting", MAX_WAITING);
        }
    }

    @Override
    public void receive(String topic, Consumer<String> receiver) {
        receivers.put(topic, receiver);
    }

    @Override
    public void start() {
        sender.start();
        listener.start();
    }

    private void sendWaiting() {
        List<String> messages = new ArrayList<>();
        while (sender.isCurrent()) {
            try {
                messages.add(waiting.take());
                waiting.drainTo(messages);
                sendAll(messages);
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                log.debug("{} messages to other nodes were lost", messages.size(), e);
            }
            messages.clear();
        }
    }

    private void sendAll(List<String> messages) throws SQLException {
        try (Connection connection = sending.getConnection();
                PreparedStatement notify =
                        connection.prepareStatement("select pg_notify(?, message) from unnest(?) message")) {
            Array all = connection.createArrayOf("text", messages.toArray());
            notify.setString(1, CHANNEL);
            notify.setArray(2, all);
            notify.execute();
        }
    }

    private void listenUntilLost() {
        try (Connection connection = listening.open(listenerProperties())) {
            listen(connection);
        } catch (SQLException e) {
            lost(e);
        }
    }

    private void lost(Exception reason) {
        if (listener.isCurrent() && !failing) {
            log.warn("The connection that brings messages of other nodes was lost: {}", reason.getMessage());
            failing = true;
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
        }
        if (failing) {
            log.info("Messages of other nodes arrive again");
            failing = false;
        }
        PGConnection notifications = connection.unwrap(PGConnection.class);
        long answered = System.nanoTime();
        while (listener.isCurrent()) {
            PGNotification[] notified = notifications.getNotifications((int) WAKE.toMillis());
            if (notified != null && notified.length > 0) {
                answered = System.nanoTime();
                for (PGNotification message : notified) {
                    received(message.getParameter());
                }
            } else if (System.nanoTime() - answered > SILENCE.toNanos()) {
                if (!connection.isValid(ANSWER_SECONDS)) {
                    throw new SQLException("PostgreSQL does not answer");
                }
                answered = System.nanoTime();
            }
        }
    }

    private void received(String notification) {
        String[] parts = notification.split(" ", 3);
        if (parts.length < 3 || parts[0].equals(self)) {
            return;
        }
        Consumer<String> receiver = receivers.get(parts[1]);
        if (receiver != null) {
            try {
                receiver.accept(parts[2]);
            } catch (RuntimeException e) {
                log.warn("A message of another node about {} was not understood: {}", parts[1], e.toString());
            }
        }
    }

    @Override
    public void stop() {
        sender.stop();
        listener.stop();
    }

    @Override
    public boolean isRunning() {
        return sender.isStarted();
    }

    /** Started before what sends, and stopped after it. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
