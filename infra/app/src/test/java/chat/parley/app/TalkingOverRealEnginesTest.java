package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/**
 * Commands, refusals, events and answers survive the transport over Axon Server, which embedded engines do not use.
 */
@Tag("real-engines")
@EnabledIf(value = "chat.parley.app.RealEngines#areThere", disabledReason = RealEngines.WHY_NOT)
class TalkingOverRealEnginesTest {
    private static ParleyServer server;

    @BeforeAll
    static void start() {
        server = RealEngines.startParley();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aMessageIsAcknowledgedDeliveredAndStored() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String conversation = alice.startDirect(bob);
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = bob.connect()) {
            JsonNode ack = atAlice.ask(TestUser.message(conversation, "안녕, Bob"));

            assertThat(ack.path("type").asString()).isEqualTo("ack");
            assertThat(ack.path("position").asLong()).isEqualTo(2);
            assertThat(atBob.awaitEntry("message").path("text").asString()).isEqualTo("안녕, Bob");
            assertThat(texts(bob, conversation, 2)).containsExactly("안녕, Bob");
            JsonNode inbox =
                    bob.rest.get("/inbox").expect(200).path("conversations").get(0);
            assertThat(inbox.path("unread").asLong()).isEqualTo(1);
            assertThat(inbox.path("last").path("text").asString()).isEqualTo("안녕, Bob");
        }
    }

    @Test
    void aRetryGetsTheFirstAnswerEvenAfterARestart() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String conversation = alice.startDirect(bob);
        Map<String, Object> message = TestUser.message(conversation, "once");
        JsonNode first;
        try (SocketClient socket = alice.connect()) {
            first = socket.ask(message);
            // Enough messages for a snapshot, in whose window the retry is found.
            sendAll(socket, conversation, 30);
            assertThat(socket.ask(message).path("at")).isEqualTo(first.path("at"));
        }

        server.close();
        server = RealEngines.startParley();

        TestUser afterwards = TestUser.logIn(server.port(), alice.credentials());
        try (SocketClient socket = afterwards.connect()) {
            JsonNode again = socket.ask(message);

            assertThat(again.path("position")).isEqualTo(first.path("position"));
            assertThat(again.path("at")).isEqualTo(first.path("at"));
            Map<String, Object> other = new HashMap<>(message);
            other.put("text", "twice");
            assertThat(socket.ask(other).path("code").asString()).isEqualTo("client-message-id-reused");
        }
        assertThat(texts(afterwards, conversation, 32)).hasSize(31).containsOnlyOnce("once");
    }

    @Test
    void missedMessagesAreDeliveredOnceInOrder() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String conversation = alice.startDirect(bob);
        SocketClient before = bob.connect();
        try (SocketClient atAlice = alice.connect()) {
            atAlice.ask(TestUser.message(conversation, "first"));
            String cursor = before.awaitEntry("message").path("cursor").asString();
            before.close();
            sendAll(atAlice, conversation, 50);

            try (SocketClient after = bob.resume(cursor)) {
                assertThat(after.entriesUntilCaughtUp())
                        .extracting(entry -> entry.path("position").asLong())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(3, 52).boxed().toList());
                atAlice.ask(TestUser.message(conversation, "live again"));
                assertThat(after.awaitEntry("message").path("position").asLong())
                        .isEqualTo(53);
            }
        }
    }

    @Test
    void oneSendersOrderIsKeptWith32InFlight() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String conversation = alice.startDirect(bob);
        List<String> sent = new ArrayList<>();
        try (SocketClient socket = alice.connect()) {
            for (int round = 0; round < 5; round++) {
                List<Map<String, Object>> inFlight = new ArrayList<>();
                for (int i = 0; i < 32; i++) {
                    Map<String, Object> message = TestUser.message(conversation, "round " + round + ", message " + i);
                    inFlight.add(message);
                    sent.add((String) message.get("text"));
                }
                inFlight.forEach(socket::send);
                inFlight.forEach(sending ->
                        assertThat(socket.await("ack").path("ref").asString()).isEqualTo(sending.get("ref")));
            }
        }

        assertThat(texts(bob, conversation, sent.size() + 1)).isEqualTo(sent);
    }

    @Test
    void refusalsOfCommandsHaveTheirCodes() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        TestUser stranger = server.newPerson();
        String group = alice.startGroup(bob);
        new ApiClient(server.port(), null)
                .post(
                        "/accounts",
                        Map.of("username", alice.username, "password", "another password", "displayName", "Other"))
                .expectProblem(409, "username-taken");
        stranger.rest.put("/conversations/" + group + "/members/me", Map.of()).expectProblem(403, "group-invite-only");
        bob.rest.patch("/conversations/" + group, Map.of("title", "Mine")).expectProblem(403, "role-required");
        alice.rest.delete("/conversations/" + group + "/members/me").expectProblem(409, "owner-cannot-leave");
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = bob.connect();
                SocketClient atStranger = stranger.connect()) {
            long position = atAlice.ask(TestUser.message(group, "mine"))
                    .path("position")
                    .asLong();

            assertThat(code(atAlice, TestUser.message(group, " "))).isEqualTo("message-empty");
            assertThat(code(atStranger, TestUser.message(group, "let me in"))).isEqualTo("not-a-member");
            assertThat(code(atAlice, TestUser.message("gNoSuchConversation", "?")))
                    .isEqualTo("conversation-not-found");
            assertThat(code(atBob, edit(group, position))).isEqualTo("not-your-message");
            assertThat(code(atAlice, edit(group, 1))).isEqualTo("not-a-message");
            assertThat(code(atAlice, edit(group, 99))).isEqualTo("position-not-found");
        }
    }

    @Test
    void refusalsOfQueriesHaveTheirCodes() {
        TestUser alice = server.newPerson();
        TestUser stranger = server.newPerson();
        String group = alice.startGroup(server.newPerson());
        alice.rest.get("/conversations/" + group + "/entries?minPosition=1").expect(200);

        alice.rest.get("/users/nobody").expectProblem(404, "user-not-found");
        alice.rest.get("/conversations/nowhere").expectProblem(404, "conversation-not-found");
        stranger.rest.get("/conversations/" + group + "/entries").expectProblem(403, "not-a-member");
        // These are refused after a wait, on another thread than the query's.
        stranger.rest.get("/conversations/" + group + "/entries?minPosition=9").expectProblem(403, "not-a-member");
        alice.rest.get("/conversations/nowhere/entries?minPosition=9").expectProblem(404, "conversation-not-found");
    }

    @Test
    void oldEntriesAreLookedUpInTheStoreForAChange() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String conversation = alice.startDirect(bob);
        try (SocketClient socket = alice.connect()) {
            sendAll(socket, conversation, 45);

            assertThat(socket.ask(edit(conversation, 2)).path("position").asLong())
                    .isEqualTo(47);
            assertThat(texts(bob, conversation, 47)).startsWith("changed");
        }
    }

    @Test
    void aCommandThatLosesARaceWithAnotherNodeIsStoredAfterIt() {
        TestUser alice = server.newPerson();
        String group = alice.startGroup(server.newPerson());
        try (SocketClient socket = alice.connect()) {
            socket.ask(TestUser.message(group, "before"));
            ConversationId conversation = new ConversationId(group);
            JoinabilityChanged ofAnotherNode =
                    new JoinabilityChanged(conversation, new UserId(alice.id), true, Instant.EPOCH);
            server.bean(EventStore.class)
                    .publish(new GenericDomainEventMessage<>("Conversation", group, 2, ofAnotherNode));

            assertThat(socket.ask(TestUser.message(group, "after"))
                            .path("position")
                            .asLong())
                    .isEqualTo(4);
        }
    }

    private static void sendAll(SocketClient socket, String conversation, int messages) {
        IntStream.range(0, messages)
                .mapToObj(i -> socket.ask(TestUser.message(conversation, "message " + i)))
                .forEach(answer -> assertThat(answer.path("type").asString()).isEqualTo("ack"));
    }

    private static Map<String, Object> edit(String conversation, long position) {
        return Map.of(
                "type",
                "message.edit",
                "ref",
                UUID.randomUUID().toString(),
                "conversation",
                conversation,
                "position",
                position,
                "text",
                "changed");
    }

    private static String code(SocketClient socket, Map<String, Object> frame) {
        return socket.ask(frame).path("code").asString("");
    }

    /** The texts of all messages, once the read side includes this position. */
    private static List<String> texts(TestUser reader, String conversation, long head) {
        JsonNode history = reader.rest
                .get("/conversations/" + conversation + "/entries?limit=200&minPosition=" + head)
                .expect(200);
        assertThat(history.path("head").asLong()).isEqualTo(head);
        List<String> texts = new ArrayList<>();
        history.path("entries").forEach(entry -> {
            if (entry.path("kind").asString().equals("message")) {
                texts.add(entry.path("text").asString());
            }
        });
        return texts;
    }
}
