package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Invalid changes of entries: each has its code and adds no entry. */
class BadPositionsTest {
    private final ParleyServer server = ParleyServer.shared();

    @Test
    void ofMessagesOfOthers() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            chat.expectNothingBut(2, atAlice, atBob);

            expect(chat.bob(), atBob, chat.id(), edit(2), 403, "not-your-message");
            expect(chat.bob(), atBob, chat.id(), retract(2), 403, "not-your-message");

            chat.expectNothingBut(3, atAlice, atBob);
        }
    }

    @Test
    void ofEntriesThatAreNoMessages() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String group = alice.startGroup();
        alice.rest
                .put("/conversations/" + group + "/members/" + bob.id, Map.of())
                .expect(200);
        alice.rest.patch("/conversations/" + group, Map.of("title", "New")).expect(200);
        try (SocketClient atAlice = alice.connect()) {
            for (long position = 1; position <= 3; position++) {
                expect(alice, atAlice, group, edit(position), 409, "not-a-message");
                expect(alice, atAlice, group, retract(position), 409, "not-a-message");
                expect(alice, atAlice, group, react(position), 409, "not-a-message");
                assertThat(atAlice.ask(reply(group, position)).path("code").asString())
                        .isEqualTo("not-a-message");
            }
            assertThat(atAlice.ask(TestUser.message(group, "first"))
                            .path("position")
                            .asLong())
                    .isEqualTo(4);
        }
    }

    @Test
    void ofTheFuture() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            for (long position : List.of(2L, 1_000_000L, Long.MAX_VALUE)) {
                expect(chat.alice(), atAlice, chat.id(), edit(position), 404, "position-not-found");
                expect(chat.alice(), atAlice, chat.id(), retract(position), 404, "position-not-found");
                expect(chat.alice(), atAlice, chat.id(), react(position), 404, "position-not-found");
                assertThat(atAlice.ask(reply(chat.id(), position)).path("code").asString())
                        .isEqualTo("position-not-found");
                expectNotRead(chat, atAlice, position, 404, "position-not-found");
            }
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void ofZeroAndBelow() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            for (long position : List.of(0L, -1L, Long.MIN_VALUE)) {
                for (Map<String, Object> change : List.of(edit(position), retract(position), react(position))) {
                    assertThat(ask(atAlice, chat.id(), change)).isEqualTo("invalid-parameter");
                    assertThat(codeOverRest(chat.alice(), chat.id(), change))
                            .isIn("invalid-parameter", "position-not-found");
                }
                assertThat(atAlice.ask(reply(chat.id(), position)).path("code").asString())
                        .isEqualTo("invalid-parameter");
                expectNotRead(chat, atAlice, position, 400, "invalid-parameter");
            }
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void ofMessagesBeforeTheMembership() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String group = alice.startGroup(Map.of("joinable", true));
        DirectConversationScenario.send(alice, group, "before bob");
        bob.rest.put("/conversations/" + group + "/members/me", Map.of()).expect(200);
        try (SocketClient atBob = bob.connect()) {
            expect(bob, atBob, group, react(2), 404, "position-not-found");
            expect(bob, atBob, group, edit(2), 404, "position-not-found");
            expect(bob, atBob, group, retract(2), 404, "position-not-found");
            assertThat(atBob.ask(reply(group, 2)).path("code").asString()).isEqualTo("position-not-found");
            assertThat(atBob.ask(TestUser.message(group, "hello"))
                            .path("position")
                            .asLong())
                    .isEqualTo(4);
        }
    }

    @Test
    void ofRetractedMessages() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            chat.expectNothingBut(2, atAlice, atBob);
            chat.alice().rest.delete(chat.messages() + "/2").expect(200);
            atBob.awaitEntry("retraction");

            expect(chat.alice(), atAlice, chat.id(), edit(2), 409, "message-retracted");
            expect(chat.alice(), atAlice, chat.id(), react(2), 409, "message-retracted");

            chat.expectNothingBut(4, atAlice, atBob);
        }
    }

    @Test
    void aReactionIsOneEmoji() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            chat.expectNothingBut(2, atAlice, atBob);
            for (String emoji : List.of("", "x", "👍👍", "👍".repeat(100), "\0")) {
                Map<String, Object> change = Map.of("type", "reaction.add", "position", 2, "emoji", emoji);
                assertThat(ask(atAlice, chat.id(), change)).isEqualTo("emoji-invalid");
            }
            chat.expectNothingBut(3, atAlice, atBob);
        }
    }

    private static void expect(
            TestUser person,
            SocketClient socket,
            String conversation,
            Map<String, Object> change,
            int status,
            String code) {
        assertThat(ask(socket, conversation, change)).as("%s", change).isEqualTo(code);
        overRest(person, conversation, change).expectProblem(status, code);
    }

    private static void expectNotRead(
            DirectConversationScenario chat, SocketClient socket, long position, int status, String code) {
        assertThat(ask(socket, chat.id(), Map.of("type", "read", "position", position)))
                .isEqualTo(code);
        chat.alice()
                .rest
                .put("/conversations/" + chat.id() + "/read", Map.of("position", position))
                .expectProblem(status, code);
    }

    private static String ask(SocketClient socket, String conversation, Map<String, Object> change) {
        Map<String, Object> frame = new HashMap<>(change);
        frame.put("ref", UUID.randomUUID().toString());
        frame.put("conversation", conversation);
        return socket.ask(frame).path("code").asString();
    }

    private static String codeOverRest(TestUser person, String conversation, Map<String, Object> change) {
        return overRest(person, conversation, change)
                .expect(400, 404)
                .path("code")
                .asString();
    }

    private static ApiClient.Answer overRest(TestUser person, String conversation, Map<String, Object> change) {
        String path = "/conversations/" + conversation + "/messages/" + change.get("position");
        return switch (String.valueOf(change.get("type"))) {
            case "message.edit" -> person.rest.put(path, Map.of("text", "changed"));
            case "message.retract" -> person.rest.delete(path);
            default -> person.rest.put(path + "/reactions/%F0%9F%91%8D", Map.of());
        };
    }

    private static Map<String, Object> edit(long position) {
        return Map.of("type", "message.edit", "position", position, "text", "changed");
    }

    private static Map<String, Object> retract(long position) {
        return Map.of("type", "message.retract", "position", position);
    }

    private static Map<String, Object> react(long position) {
        return Map.of("type", "reaction.add", "position", position, "emoji", "👍");
    }

    private static Map<String, Object> reply(String conversation, long position) {
        Map<String, Object> message = new HashMap<>(TestUser.message(conversation, "in reply"));
        message.put("replyTo", position);
        return message;
    }
}
