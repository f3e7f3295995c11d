package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LookalikeTextTest {
    private static final String PASSWORD = "long enough";

    private final ParleyServer server = ParleyServer.shared();
    private final ApiClient anybody = new ApiClient(server.port(), null);
    private final String unique = UUID.randomUUID().toString().substring(0, 8).replaceAll("[01l]", "7");

    @ParameterizedTest
    @CsvSource({"modern, rnodern", "PauI, PAUL", "o'neil, o’neil"})
    void aNameReservesItsLookalikes(String name, String lookalike) {
        signUp(name + unique, PASSWORD).expect(201);
        signUp(lookalike + unique, "another password").expectProblem(409, "username-taken");
        logIn(name + unique, PASSWORD).expect(200);
        logIn(lookalike + unique, PASSWORD).expectProblem(401, "bad-credentials");
    }

    @Test
    void namesMayMixScriptsThatAreWrittenTogether() {
        for (String name : List.of("김ada", "ada김", "山田taro")) {
            signUp(name + unique, PASSWORD).expect(201);
            logIn(name + unique, PASSWORD).expect(200);
        }
    }

    @Test
    void aPasswordIsTheSameOnEveryKeyboardAndComparedToItsEnd() {
        String name = "typist-" + unique;
        String password = "cafe\u0301".repeat(100);
        signUp(name, password).expect(201);
        logIn(name, "caf\u00e9".repeat(100)).expect(200);
        logIn(name, password + "x").expectProblem(401, "bad-credentials");
        logIn(name, "caf\u00e9".repeat(99)).expectProblem(401, "bad-credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufe0f", "\u034f", "\u17b4", "\udb40\udd00", "\u2800\u3164", " \u0301", "\u2028"})
    void invisibleTextIsNeitherMessageNorName(String blank) {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient socket = chat.alice().connect()) {
            assertThat(socket.ask(TestUser.message(chat.id(), blank))
                            .path("code")
                            .asString())
                    .isEqualTo("message-empty");
        }
        ApiClient alice = chat.alice().rest;
        alice.post(
                        "/conversations/" + chat.id() + "/messages",
                        Map.of("clientMessageId", UUID.randomUUID().toString(), "text", blank))
                .expectProblem(400, "message-empty");
        alice.patch("/users/me", Map.of("displayName", blank)).expectProblem(400, "display-name-invalid");
        group(alice, blank).expectProblem(400, "title-invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202e", "\u2067", "\u061c", "\u200f", "\n", "\u2028", "\u2029", "\u0085"})
    void aTitleAndADisplayNameHaveNoLineBreaksOrOverrides(String turn) {
        TestUser alice = server.newPerson();
        String group = group(alice.rest, "Tea").expect(201).path("id").asString();
        group(alice.rest, "Tea" + turn + "time").expectProblem(400, "title-invalid");
        alice.rest
                .patch("/conversations/" + group, Map.of("title", "Tea" + turn + "time"))
                .expectProblem(400, "title-invalid");
        alice.rest
                .patch("/users/me", Map.of("displayName", "A" + turn + "da"))
                .expectProblem(400, "display-name-invalid");
    }

    @Test
    void anEmojiIsOneReactionWithOrWithoutItsSelector() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient alice = chat.alice().connect();
                SocketClient bob = chat.bob().connect()) {
            long position = alice.ask(TestUser.message(chat.id(), "Hello"))
                    .path("position")
                    .asLong();
            long first = alice.ask(reaction("reaction.add", chat.id(), position, "❤"))
                    .path("position")
                    .asLong();
            assertThat(react(chat.alice(), chat.id(), position, "❤\ufe0f")
                            .expect(200)
                            .path("position")
                            .asLong())
                    .isEqualTo(first);
            assertThat(bob.awaitEntry("reaction").path("emoji").asString()).isEqualTo("❤\ufe0f");

            alice.ask(reaction("reaction.remove", chat.id(), position, "❤"));
            JsonNode removed = bob.awaitEntry("reaction");
            assertThat(removed.path("emoji").asString()).isEqualTo("❤\ufe0f");
            assertThat(removed.path("added").asBoolean()).isFalse();

            long plain = alice.ask(reaction("reaction.add", chat.id(), position, "👍\ufe0f"))
                    .path("position")
                    .asLong();
            assertThat(alice.ask(reaction("reaction.add", chat.id(), position, "👍🏽"))
                            .path("position")
                            .asLong())
                    .isGreaterThan(plain);
            assertThat(alice.ask(reaction("reaction.add", chat.id(), position, "❤👍"))
                            .path("code")
                            .asString())
                    .isEqualTo("emoji-invalid");
        }
    }

    private static ApiClient.Answer react(TestUser person, String conversation, long position, String emoji) {
        return person.rest.put(
                "/conversations/" + conversation + "/messages/" + position + "/reactions/"
                        + URLEncoder.encode(emoji, StandardCharsets.UTF_8),
                Map.of());
    }

    private static Map<String, Object> reaction(String type, String conversation, long position, String emoji) {
        return Map.of(
                "type",
                type,
                "ref",
                UUID.randomUUID().toString(),
                "conversation",
                conversation,
                "position",
                position,
                "emoji",
                emoji);
    }

    private static ApiClient.Answer group(ApiClient rest, String title) {
        return rest.post("/conversations", Map.of("kind", "group", "title", title, "members", List.of()));
    }

    private ApiClient.Answer signUp(String username, String password) {
        return anybody.post("/accounts", Map.of("username", username, "password", password, "displayName", "Somebody"));
    }

    private ApiClient.Answer logIn(String username, String password) {
        return anybody.post("/sessions", Map.of("username", username, "password", password, "device", "first-device"));
    }
}
