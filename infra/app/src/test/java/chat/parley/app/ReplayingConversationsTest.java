package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** An auditor watches a conversation as a member saw it, with an ordinary client. */
class ReplayingConversationsTest {
    private static final String REPLAYS = "/audit/replays";

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();
    private final String group = alice.startGroup(bob);

    private Map<String, Object> wanted(TestUser member) {
        return Map.of("conversation", group, "user", member.id, "speed", 1_000, "reason", "사건 18");
    }

    private SocketClient opened(JsonNode issued) {
        SocketClient socket = SocketClient.at(issued.get("webSocketUrl").asString());
        socket.send(Map.of("type", "hello", "token", issued.get("ticket").asString(), "device", "replay", "ref", "hi"));
        return socket;
    }

    private static List<JsonNode> played(SocketClient socket) {
        List<JsonNode> entries = new ArrayList<>();
        while (true) {
            JsonNode frame = socket.await(List.of("entry", "goaway"));
            if (frame.get("type").asString().equals("goaway")) {
                assertThat(frame.get("reason").asString()).isEqualTo("replay-ended");
                return entries;
            }
            entries.add(frame);
        }
    }

    @Test
    void whatTheMemberSawIsSeenAgainAndNothingElse() {
        long seen = DirectConversationScenario.send(alice, group, "곧 지울 말");
        alice.rest.delete("/conversations/" + group + "/messages/" + seen).expect(200, 201, 204);
        bob.rest.delete("/conversations/" + group + "/members/me").expect(200, 204);
        DirectConversationScenario.send(alice, group, "after Bob had left");

        JsonNode issued = auditor.rest.post(REPLAYS, wanted(bob)).expect(201);
        try (SocketClient socket = opened(issued)) {
            JsonNode welcome = socket.await("welcome");
            assertThat(welcome.get("user").asString()).isEqualTo(bob.id);
            List<JsonNode> entries = played(socket);
            assertThat(entries)
                    .extracting(entry -> entry.get("kind").asString())
                    .containsExactly("started", "message", "retraction", "left");
            assertThat(entries.get(1).get("text").asString()).isEqualTo("곧 지울 말");
            assertThat(socket.awaitClose()).isEqualTo(1_000);
        }
        try (SocketClient again = opened(issued)) {
            again.expectError("token-invalid");
            assertThat(again.awaitClose()).isEqualTo(4_401);
        }
        assertThat(auditor.rest
                        .get("/audit/events?reason=case&type=HistoryAudited&user=" + auditor.id)
                        .response()
                        .body())
                .contains("\"REPLAY\"");
    }

    @Test
    void everythingThatTheMemberReceivedIsSeenAgain() {
        String direct = alice.startDirect(bob);
        long message = DirectConversationScenario.send(alice, direct, "차 한잔?");
        String messages = "/conversations/" + direct + "/messages/";
        bob.rest
                .put("/conversations/" + direct + "/read", Map.of("position", message))
                .expect(200, 204);
        bob.rest.put(messages + message + "/reactions/%F0%9F%91%8D", Map.of()).expect(200, 201, 204);
        alice.rest.put(messages + message, Map.of("text", "커피 한잔?")).expect(200, 201, 204);
        alice.rest
                .put("/conversations/" + direct + "/read", Map.of("position", message + 1))
                .expect(200, 204);

        JsonNode issued = auditor.rest
                .post(REPLAYS, Map.of("conversation", direct, "user", alice.id, "speed", 1_000, "reason", "case"))
                .expect(201);
        List<String> seen = new ArrayList<>();
        try (SocketClient socket = opened(issued)) {
            for (JsonNode frame = socket.await(List.of("entry", "read", "goaway"));
                    !frame.get("type").asString().equals("goaway");
                    frame = socket.await(List.of("entry", "read", "goaway"))) {
                seen.add(
                        frame.get("type").asString().equals("read")
                                ? (frame.get("user").asString().equals(bob.id) ? "bob" : "alice") + " read "
                                        + frame.get("position").asLong()
                                : frame.get("kind").asString());
            }
        }
        assertThat(seen)
                .containsExactly(
                        "started", "message", "bob read " + message, "reaction", "edit", "alice read " + (message + 1));
    }

    @Test
    void theSocketSendsNothing() {
        DirectConversationScenario.send(alice, group, "one");
        try (SocketClient socket = SocketClient.at("ws://localhost:" + server.port() + "/ws/replay")) {
            socket.send(TestUser.message(group, "too early"));
            socket.expectError("hello-required");
        }
        JsonNode issued = auditor.rest
                .post(REPLAYS, Map.of("conversation", group, "user", alice.id, "speed", 1, "reason", "x"))
                .expect(201);
        try (SocketClient socket = opened(issued)) {
            socket.send(TestUser.message(group, "from the replay"));
            assertThat(played(socket)).hasSize(2);
        }
        assertThat(alice.rest
                        .get("/conversations/" + group + "/entries")
                        .expect(200)
                        .toString())
                .doesNotContain("from the replay");
    }

    @Test
    void onlyAnAuditorWithAReasonWatches() {
        alice.rest.post(REPLAYS, wanted(bob)).expectProblem(403, "forbidden");
        Admins.admin(server).rest.post(REPLAYS, wanted(bob)).expectProblem(403, "forbidden");
        auditor.rest
                .post(REPLAYS, Map.of("conversation", group, "user", bob.id))
                .expectProblem(400, "reason-required");
        auditor.rest
                .post(REPLAYS, Map.of("conversation", "nowhere", "user", bob.id, "reason", "case"))
                .expectProblem(404, "conversation-not-found");
    }

    @ParameterizedTest
    @CsvSource({"speed, 0", "speed, 1001", "to, 2020-01-01T00:00:00Z"})
    void whatIsOutOfRangeIsRefused(String field, String value) {
        Object typed = field.equals("speed") ? Integer.valueOf(value) : value;
        auditor.rest
                .post(
                        REPLAYS,
                        Map.of(
                                "conversation",
                                group,
                                "user",
                                bob.id,
                                "reason",
                                "case",
                                "from",
                                "2026-01-01T00:00:00Z",
                                field,
                                typed))
                .expectProblem(400, "invalid-parameter");
    }
}
