package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A WebSocket client that reads frames in order. */
final class SocketClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LinkedBlockingDeque<JsonNode> frames = new LinkedBlockingDeque<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket webSocket;

    private SocketClient(HttpClient http, String url, String subprotocol, Map<String, String> headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols(subprotocol);
        headers.forEach(builder::header);
        this.webSocket = builder.buildAsync(URI.create(url), new Listener()).join();
    }

    private SocketClient(int port, String subprotocol, Map<String, String> headers) {
        this(HTTP, "ws://localhost:" + port + "/ws", subprotocol, headers);
    }

    /** A socket of another address than the server's usual one. */
    static SocketClient at(String url) {
        return at(url, HTTP);
    }

    /** The same with a client that trusts the server's certificate. */
    static SocketClient at(String url, HttpClient http) {
        return new SocketClient(http, url, "parley.v1.json", Map.of());
    }

    static SocketClient open(int port) {
        return open(port, "parley.v1.json");
    }

    static SocketClient open(int port, String subprotocol) {
        return new SocketClient(port, subprotocol, Map.of());
    }

    static SocketClient open(int port, Map<String, String> headers) {
        return new SocketClient(port, "parley.v1.json", headers);
    }

    void send(Object frame) {
        sendText(ApiClient.JSON.writeValueAsString(frame));
    }

    void sendText(String text) {
        webSocket.sendText(text, true).join();
    }

    void sendBinary(byte[] bytes) {
        webSocket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next frame of any type; empty if none comes in this time. */
    Optional<JsonNode> poll(Duration patience) {
        try {
            return Optional.ofNullable(frames.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next frame of this type; earlier frames are skipped. */
    JsonNode await(String type) {
        return next(frame -> frame.path("type").asString().equals(type), type, passed -> {});
    }

    JsonNode await(List<String> types) {
        return next(frame -> types.contains(frame.path("type").asString()), types.toString(), passed -> {});
    }

    JsonNode awaitEntry(String kind) {
        return next(
                frame -> frame.path("type").asString().equals("entry")
                        && frame.path("kind").asString().equals(kind),
                "entry of kind " + kind,
                passed -> {});
    }

    /** Sends a frame with a ref and returns its ack or error. */
    JsonNode ask(Map<String, Object> frame) {
        send(frame);
        return answerTo(frame);
    }

    /** The ack or error of an earlier frame. Ack and entry arrive in either order, so other frames are kept. */
    JsonNode answerTo(Map<String, Object> frame) {
        Object ref = frame.get("ref");
        return next(
                answer -> answer.path("ref").asString("").equals(ref),
                "answer to " + ref,
                passed -> passed.reversed().forEach(frames::addFirst));
    }

    JsonNode expectError(String code) {
        JsonNode error = await("error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        return error;
    }

    /** All entries up to the next {@code caught-up}. */
    List<JsonNode> entriesUntilCaughtUp() {
        List<JsonNode> entries = new ArrayList<>();
        while (true) {
            JsonNode frame = next(candidate -> true, "caught-up", passed -> {});
            switch (frame.path("type").asString()) {
                case "entry" -> entries.add(frame);
                case "caught-up" -> {
                    return entries;
                }
                default -> {
                    // state, read and typing frames may arrive in between
                }
            }
        }
    }

    private JsonNode next(Predicate<JsonNode> wanted, String what, Consumer<List<JsonNode>> onPassed) {
        List<JsonNode> passed = new ArrayList<>();
        long deadline = System.nanoTime() + ParleyServer.PATIENCE.toNanos();
        while (true) {
            try {
                JsonNode frame = frames.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (frame == null) {
                    throw new AssertionError("No " + what + " came; closed: " + closed.getNow(0) + "; passed over: "
                            + passed.stream()
                                    .map(other -> other.path("type").asString())
                                    .toList());
                }
                if (wanted.test(frame)) {
                    onPassed.accept(passed);
                    return frame;
                }
                passed.add(frame);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    int awaitClose() {
        return closed.orTimeout(ParleyServer.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** Drops the connection without a close frame. */
    void cut() {
        webSocket.abort();
    }

    @Override
    public void close() {
        webSocket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(ApiClient.JSON.readTree(partial.toString()));
                partial.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            closed.complete(statusCode);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(1006);
        }
    }
}
