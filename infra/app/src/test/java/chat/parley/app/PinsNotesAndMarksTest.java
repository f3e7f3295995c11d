package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PinsNotesAndMarksTest {
    private final ParleyServer server = ParleyServer.shared();

    @Test
    void aPinIsVisibleToAllMembersUntilItsRemovalOrARetraction() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String group = alice.startGroup(bob);
        long first = DirectConversationScenario.send(bob, group, "first");
        long second = DirectConversationScenario.send(alice, group, "second");
        String pins = "/conversations/" + group + "/pins";
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = bob.connect()) {
            bob.rest.put(pins + "/" + first, Map.of()).expectProblem(403, "role-required");
            assertThat(code(atBob, frame("message.pin", group, first))).isEqualTo("role-required");

            long pinned = alice.rest
                    .put(pins + "/" + first, Map.of())
                    .expect(200)
                    .path("position")
                    .asLong();
            assertThat(atBob.awaitEntry("pinned").path("target").asLong()).isEqualTo(first);
            assertThat(atAlice.ask(frame("message.pin", group, first))
                            .path("position")
                            .asLong())
                    .isEqualTo(pinned);
            atAlice.ask(frame("message.pin", group, second));
            awaitPins(bob, group, second, first);

            atAlice.ask(frame("message.unpin", group, first));
            assertThat(atBob.awaitEntry("unpinned").path("target").asLong()).isEqualTo(first);
            awaitPins(bob, group, second);
            alice.rest.delete("/conversations/" + group + "/messages/" + second).expect(200);
            awaitPins(bob, group);
            alice.rest.put(pins + "/" + second, Map.of()).expectProblem(409, "message-retracted");
            alice.rest.put(pins + "/" + 1, Map.of()).expectProblem(409, "not-a-message");
            alice.rest.put(pins + "/" + 1_000, Map.of()).expectProblem(404, "position-not-found");
        }
    }

    private static void awaitPins(TestUser person, String conversation, Long... positions) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(person.rest
                                .get("/conversations/" + conversation + "/pins")
                                .expect(200)
                                .path("pins")
                                .valueStream()
                                .map(pin -> pin.path("position").asLong()))
                        .containsExactly(positions));
    }

    @Test
    void notesToOneselfAreDeliveredOverRestAndTheSocket() {
        TestUser alice = server.newPerson();
        JsonNode started = alice.rest
                .post("/conversations", Map.of("kind", "direct", "with", "me"))
                .expect(201);
        String notes = started.path("id").asString();
        assertThat(started.path("members")).hasSize(1);
        assertThat(alice.startDirect(alice)).isEqualTo(notes);

        try (SocketClient phone = alice.connect();
                SocketClient laptop = alice.onDevice("laptop").connect()) {
            Map<String, Object> note = TestUser.message(notes, "buy milk");
            assertThat(phone.ask(note).path("position").asLong()).isEqualTo(2);
            JsonNode entry = laptop.awaitEntry("message");
            assertThat(entry.path("text").asString()).isEqualTo("buy milk");
            assertThat(laptop.ask(TestUser.message(notes, "and bread"))
                            .path("position")
                            .asLong())
                    .isEqualTo(3);
            assertThat(laptop.awaitEntry("message").path("position").asLong()).isEqualTo(3);
            laptop.ask(Map.of("type", "typing", "ref", "t", "conversation", notes));
            alice.rest
                    .put("/conversations/" + notes + "/messages/2/reactions/%F0%9F%91%8D", Map.of())
                    .expect(200);
            alice.rest.put("/conversations/" + notes + "/pins/2", Map.of()).expect(200);
            assertThat(laptop.awaitEntry("pinned").path("position").asLong()).isEqualTo(5);
        }

        assertThat(DirectConversationScenario.entries(alice, notes, 5))
                .extracting(entry -> entry.path("position").asLong())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        JsonNode item = inbox(alice, notes);
        assertThat(item.path("with").asString()).isEqualTo(alice.id);
        assertThat(item.path("unread").asLong()).isZero();
        assertThat(alice.rest.get("/conversations/" + notes).expect(200).path("members"))
                .hasSize(1);
        assertThat(alice.rest
                        .get("/conversations/" + notes + "/presence")
                        .expect(200)
                        .path("members"))
                .hasSizeLessThanOrEqualTo(1);
        TestUser bob = server.newPerson();
        bob.rest.get("/conversations/" + notes + "/entries").expectProblem(403, "not-a-member");
    }

    @Test
    void aMarkAsUnreadHoldsUntilTheNextRead() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser bob = chat.bob();
        String notable = "/inbox/" + chat.id();
        try (SocketClient laptop = bob.onDevice("laptop").connect()) {
            DirectConversationScenario.send(chat.alice(), chat.id(), "read me");
            laptop.awaitEntry("message");
            bob.rest
                    .put("/conversations/" + chat.id() + "/read", Map.of("position", 2))
                    .expect(204);
            assertThat(bob.rest
                            .patch(notable, Map.of("markedUnread", true))
                            .expect(200)
                            .path("markedUnread")
                            .asBoolean())
                    .isTrue();
            JsonNode told = laptop.await("state").path("conversations").path(0);
            assertThat(told.path("conversation").asString()).isEqualTo(chat.id());
            assertThat(told.path("markedUnread").asBoolean()).isTrue();
            awaitMarked(bob, chat.id(), true);
            assertThat(inbox(chat.alice(), chat.id()).path("markedUnread").asBoolean())
                    .isFalse();

            // A change of another preference keeps it.
            bob.rest.patch(notable, Map.of("muted", true)).expect(200);
            awaitMarked(bob, chat.id(), true);
            laptop.ask(frame("read", chat.id(), 2));
            awaitMarked(bob, chat.id(), false);
            assertThat(inbox(bob, chat.id()).path("muted").asBoolean()).isTrue();
        }
    }

    private static void awaitMarked(TestUser person, String conversation, boolean marked) {
        Awaitility.await()
                .until(() -> inbox(person, conversation).path("markedUnread").asBoolean() == marked);
    }

    private static JsonNode inbox(TestUser person, String conversation) {
        return person.rest
                .get("/inbox")
                .expect(200)
                .path("conversations")
                .valueStream()
                .filter(item -> item.path("id").asString().equals(conversation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEditReplacesTheMentions() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser alice = chat.alice();
        try (SocketClient atBob = chat.bob().connect()) {
            long position = DirectConversationScenario.send(alice, chat.id(), "hello");
            alice.rest
                    .put(
                            chat.messages() + "/" + position,
                            Map.of("text", "hello bob", "mentions", List.of(chat.bob().id)))
                    .expect(200);
            JsonNode edit = atBob.awaitEntry("edit");
            assertThat(edit.path("mentions").path(0).asString()).isEqualTo(chat.bob().id);
            JsonNode message = chat.entriesThrough(3).get(1);
            assertThat(message.path("mentions").path(0).asString()).isEqualTo(chat.bob().id);
            alice.rest
                    .put(
                            chat.messages() + "/" + position,
                            Map.of("text", "hello", "mentions", List.of(server.newPerson().id)))
                    .expectProblem(400, "mentions-invalid");
        }
    }

    @Test
    void aChangeWithoutEffectStoresNoEntry() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser alice = chat.alice();
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = chat.bob().connect()) {
            chat.expectNothingBut(2, atAlice, atBob);
            String thumb = chat.messages() + "/2/reactions/%F0%9F%91%8D";
            assertThat(position(alice.rest.delete(thumb))).isEqualTo(2);
            Map<String, Object> remove = new HashMap<>(frame("reaction.remove", chat.id(), 2));
            remove.put("emoji", "🎉");
            assertThat(atAlice.ask(remove).path("position").asLong()).isEqualTo(2);
            assertThat(position(alice.rest.delete("/conversations/" + chat.id() + "/pins/2")))
                    .isEqualTo(2);
            chat.expectNothingBut(3, atAlice, atBob);
        }
    }

    private static long position(ApiClient.Answer answer) {
        return answer.expect(200).path("position").asLong();
    }

    private static String code(SocketClient socket, Map<String, Object> frame) {
        return socket.ask(frame).path("code").asString();
    }

    private static Map<String, Object> frame(String type, String conversation, long position) {
        return Map.of(
                "type", type, "ref", UUID.randomUUID().toString(), "conversation", conversation, "position", position);
    }
}
