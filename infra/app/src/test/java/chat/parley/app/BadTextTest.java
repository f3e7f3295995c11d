package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BadTextTest {
    /** Escapes everything beyond ASCII, so that it can write code points without UTF-8. */
    private static final JsonMapper ESCAPING = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private static final int LONGEST = 100_000;
    private static final String EMOJI = "\ud83d\ude00";

    private final ParleyServer server = ParleyServer.shared();

    static Stream<Arguments> badTexts() {
        return Stream.of(
                Arguments.of("empty", "", "message-empty"),
                Arguments.of("blank", " \t\r\n\u3000", "message-empty"),
                Arguments.of("drawn as nothing", "\u200b\u2060\u3164", "message-empty"),
                Arguments.of("one letter too long", "a".repeat(LONGEST + 1), "message-too-long"),
                Arguments.of("one emoji too long", EMOJI.repeat(LONGEST + 1), "message-too-long"),
                Arguments.of("twice too long", "a".repeat(2 * LONGEST + 1), "message-too-long"),
                Arguments.of("with a NUL", "before\0after", "text-invalid"),
                Arguments.of("with a lone high surrogate", "x\ud800x", "text-invalid"),
                Arguments.of("with a lone low surrogate", "\udc00", "text-invalid"),
                Arguments.of("with surrogates the wrong way round", "\ude00\ud83d", "text-invalid"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTexts")
    void isRefusedAndNothingIsStored(String what, String text, String code) {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            chat.expectNothingBut(2, atAlice, atBob);
            Map<String, Object> send = new HashMap<>(TestUser.message(chat.id(), text));
            atAlice.sendText(ESCAPING.writeValueAsString(send));
            assertThat(atAlice.expectError(code).path("ref")).hasToString("\"" + send.get("ref") + "\"");
            atAlice.sendText(ESCAPING.writeValueAsString(Map.of(
                    "type", "message.edit", "ref", "edit", "conversation", chat.id(), "position", 2, "text", text)));
            assertThat(atAlice.expectError(code).path("ref").asString()).isEqualTo("edit");
            chat.alice()
                    .rest
                    .send(
                            "POST",
                            chat.messages(),
                            ESCAPING.writeValueAsString(DirectConversationScenario.body(text)),
                            "application/json")
                    .expectProblem(400, code);
            chat.alice()
                    .rest
                    .send(
                            "PUT",
                            chat.messages() + "/2",
                            ESCAPING.writeValueAsString(Map.of("text", text)),
                            "application/json")
                    .expectProblem(400, code);

            chat.expectNothingBut(3, atAlice, atBob);
        }
    }

    static Stream<Arguments> longTexts() {
        return Stream.of(
                Arguments.of("Korean", "안녕하세요".repeat(LONGEST / 5), false),
                Arguments.of("emoji", EMOJI.repeat(LONGEST), false),
                Arguments.of("emoji as escapes", EMOJI.repeat(LONGEST), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longTexts")
    void ofTheMaximumLengthIsDeliveredWhole(String what, String text, boolean escaped) {
        JsonMapper mapper = escaped ? ESCAPING : ApiClient.JSON;
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            atAlice.sendText(mapper.writeValueAsString(TestUser.message(chat.id(), text)));
            assertThat(atAlice.await("ack").path("position").asLong()).isEqualTo(2);
            assertSame(atBob.awaitEntry("message"), text);
            chat.bob()
                    .rest
                    .send(
                            "POST",
                            chat.messages(),
                            mapper.writeValueAsString(DirectConversationScenario.body(text)),
                            "application/json")
                    .expect(201);
            assertSame(atBob.awaitEntry("message"), text);

            String edited = "x" + text.substring(text.offsetByCodePoints(0, 1));
            atAlice.sendText(mapper.writeValueAsString(Map.of(
                    "type", "message.edit", "ref", "edit", "conversation", chat.id(), "position", 2, "text", edited)));
            assertSame(atBob.awaitEntry("edit"), edited);

            List<JsonNode> entries = chat.entriesThrough(4);
            assertThat(entries).hasSize(4);
            assertSame(entries.get(1), edited);
            assertSame(entries.get(2), text);
            assertSame(entries.get(3), edited);
        }
    }

    /** Avoids printing 200,000 characters on a difference. */
    private static void assertSame(JsonNode entry, String text) {
        assertThat(entry.path("text").asString().equals(text)).isTrue();
    }
}
