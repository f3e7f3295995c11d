package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class BadFramesTest {
    private static final int TWO_MEGABYTES = 2_000_000;

    private final ParleyServer server = ParleyServer.shared();

    static Stream<Arguments> badFrames() {
        return Stream.of(
                Arguments.of("", "malformed-json", null),
                Arguments.of("hello", "malformed-json", null),
                Arguments.of("[]", "malformed-json", null),
                Arguments.of("null", "malformed-json", null),
                Arguments.of("{}", "malformed-json", null),
                Arguments.of("{\"ref\":\"r\"}", "malformed-json", "r"),
                Arguments.of("{\"ref\":\"r\",\"type\":7}", "malformed-json", "r"),
                Arguments.of("{\"ref\":7,\"type\":\"heartbeat\"}", "malformed-json", null),
                Arguments.of("{\"type\":\"heartbeat\",\"ref\":\"" + "r".repeat(65) + "\"}", "invalid-parameter", null),
                Arguments.of("{\"type\":\"heartbeat\",\"ref\":\"r\"", "malformed-json", "r"),
                Arguments.of("{\"type\":\"heartbeat\",\"type\":\"heartbeat\"}", "malformed-json", null),
                Arguments.of("{\"type\":\"heartbeat\"} {\"type\":\"heartbeat\"}", "malformed-json", null),
                Arguments.of("{\"a\":".repeat(100) + "1" + "}".repeat(100), "malformed-json", null),
                Arguments.of("{\"type\":\"message.shout\",\"ref\":\"r\"}", "unknown-frame-type", "r"),
                Arguments.of("{\"type\":\"message.shout\"}", "unknown-frame-type", null),
                Arguments.of("{\"type\":\"ack\",\"ref\":\"r\"}", "unknown-frame-type", "r"),
                Arguments.of(
                        "{\"type\":\"read\",\"ref\":\"r\",\"conversation\":\"../x\",\"position\":1}",
                        "invalid-id",
                        "r"),
                Arguments.of(
                        "{\"type\":\"read\",\"ref\":\"r\",\"conversation\":\"c\",\"position\":\"1\"}",
                        "malformed-json",
                        "r"),
                Arguments.of(
                        "{\"type\":\"read\",\"ref\":\"r\",\"conversation\":\"c\",\"position\":1.5}",
                        "malformed-json",
                        "r"),
                Arguments.of(
                        "{\"type\":\"read\",\"ref\":\"r\",\"conversation\":\"c\",\"position\":9223372036854775808}",
                        "invalid-parameter",
                        "r"),
                Arguments.of("{\"type\":\"typing\",\"ref\":\"r\"}", "malformed-json", "r"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFrames")
    void areAnsweredWithACodeAndTheSocketStaysOpen(String frame, String code, String ref) {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            atAlice.sendText(frame);
            JsonNode error = atAlice.expectError(code);
            assertThat(error.path("ref").asString(null)).isEqualTo(ref);
            assertThat(error.path("title").asString()).isNotBlank();
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void aMessageWithoutRefIsRefusedAndNotStored() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            Map<String, Object> message = new HashMap<>(TestUser.message(chat.id(), "no ref"));
            message.remove("ref");
            atAlice.send(message);
            assertThat(atAlice.expectError("ref-required").has("ref")).isFalse();
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void binaryFramesAreRefused() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            atAlice.sendBinary(ApiClient.JSON.writeValueAsBytes(TestUser.message(chat.id(), "binary")));
            atAlice.expectError("binary-frame");
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void aSecondHelloIsRefused() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            assertThat(atAlice.ask(chat.alice().hello(Map.of("ref", "again")))
                            .path("code")
                            .asString())
                    .isEqualTo("hello-repeated");
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void aFrameBeforeHelloIsRefusedAndTheSocketClosed() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient socket = chat.alice().open()) {
            Map<String, Object> message = TestUser.message(chat.id(), "too early");
            assertThat(socket.ask(message).path("code").asString()).isEqualTo("hello-required");
            assertThat(socket.awaitClose()).isEqualTo(4400);
        }
        assertStoresOnlyWhatFollows(chat);
    }

    @Test
    void aFrameOfTwoMegabytesClosesTheSocketAndTheNextOneWorks() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient socket = chat.alice().connect()) {
            String frame = ApiClient.JSON.writeValueAsString(TestUser.message(chat.id(), "x".repeat(TWO_MEGABYTES)));
            try {
                socket.sendText(frame);
            } catch (CompletionException cutOffWhileSending) {
                assertThat(socket.awaitClose()).isPositive();
            }
            socket.expectError("payload-too-large");
            assertThat(socket.awaitClose()).isEqualTo(1009);
        }
        assertStoresOnlyWhatFollows(chat);
    }

    @Test
    void anotherSubprotocolIsRefused() {
        assertThatThrownBy(() -> SocketClient.open(server.port(), "parley.v99.cbor"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(400));
    }

    @Test
    void aPlainRequestToTheSocketsUrlIsAskedToUpgrade() {
        new ApiClient(server.port(), null).get("/ws").expectProblem(426, "invalid-parameter");
    }

    private static void assertStoresOnlyWhatFollows(DirectConversationScenario chat) {
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }
}
