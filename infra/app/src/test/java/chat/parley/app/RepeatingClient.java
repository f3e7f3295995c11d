package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/**
 * A client that does what the protocol asks of one: it repeats what was not answered or may be repeated, and returns with
 * its last cursor when its socket is closed. Used by one thread.
 */
final class RepeatingClient implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    /** A client that is told one of these repeats its message. */
    private static final Set<String> REPEATABLE = Set.of("outcome-unknown", "retry-later");

    private final TestUser user;
    private final Map<String, Map<String, Object>> unanswered = new LinkedHashMap<>();
    private final List<Long> positions = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private SocketClient socket;
    private String cursor = "";
    private int acknowledged;

    RepeatingClient(TestUser user) {
        this.user = user;
        connect();
        pumpUntil(() -> !cursor.isEmpty());
    }

    private void connect() {
        socket = user.open();
        socket.send(user.hello(cursor.isEmpty() ? Map.of() : Map.of("cursor", cursor)));
    }

    void send(Map<String, Object> message) {
        unanswered.put((String) message.get("ref"), message);
        socket.send(message);
    }

    /** Reads frames until this is so. */
    void pumpUntil(BooleanSupplier done) {
        long deadline = System.nanoTime() + ParleyServer.PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%d acknowledged, %d unanswered, %d seen", acknowledged, unanswered.size(), texts.size())
                    .isLessThan(deadline);
            socket.poll(POLL).ifPresentOrElse(this::received, () -> {
                if (socket.isClosed()) {
                    connect();
                }
            });
        }
    }

    private void received(JsonNode frame) {
        switch (frame.path("type").asString()) {
            case "welcome" -> List.copyOf(unanswered.values()).forEach(socket::send);
            case "caught-up" -> cursor = frame.path("cursor").asString();
            case "entry" -> {
                cursor = frame.path("cursor").asString(cursor);
                if (frame.path("kind").asString().equals("message")) {
                    positions.add(frame.path("position").asLong());
                    texts.add(frame.path("text").asString());
                }
            }
            case "ack" -> {
                if (unanswered.remove(frame.path("ref").asString()) != null) {
                    acknowledged++;
                }
            }
            case "error" -> repeat(frame);
            default -> {
                // presence, typing and read marks
            }
        }
    }

    private void repeat(JsonNode error) {
        Map<String, Object> message = unanswered.get(error.path("ref").asString(""));
        if (message != null) {
            assertThat(REPEATABLE).contains(error.path("code").asString());
            socket.send(message);
        }
    }

    int acknowledged() {
        return acknowledged;
    }

    /** Of the last entry. */
    String cursor() {
        return cursor;
    }

    boolean isSettled() {
        return unanswered.isEmpty();
    }

    /** The positions of the messages that it has seen, in the order in which they came. */
    List<Long> positions() {
        return positions;
    }

    List<String> texts() {
        return texts;
    }

    @Override
    public void close() {
        socket.close();
    }
}
