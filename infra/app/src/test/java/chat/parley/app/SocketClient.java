package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.FrameSocket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A WebSocket client that reads frames in order. */
final class SocketClient extends FrameSocket<JsonNode> {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private SocketClient(HttpClient http, String url, String subprotocol, Map<String, String> headers) {
        super(
                builder(http, subprotocol, headers),
                url,
                ParleyServer.PATIENCE,
                text -> Optional.of(ApiClient.JSON.readTree(text)),
                true);
    }

    private static WebSocket.Builder builder(HttpClient http, String subprotocol, Map<String, String> headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols(subprotocol);
        headers.forEach(builder::header);
        return builder;
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
        return next(answer -> answer.path("ref").asString("").equals(ref), "answer to " + ref, this::putBack);
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

    @Override
    protected String describe(JsonNode frame) {
        return frame.path("type").asString();
    }
}
