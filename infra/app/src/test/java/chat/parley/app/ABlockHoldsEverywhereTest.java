package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * A block in either direction takes effect with its answer, on every endpoint and socket, and ends with the unblocking.
 */
class ABlockHoldsEverywhereTest {
    private static final ParleyServer SERVER = ParleyServer.shared();

    /** Two users with a direct conversation and a shared group. */
    record Scene(
            TestUser by, SocketClient socket, TestUser other, String direct, long message, String own, String shared) {
        String messages() {
            return "/conversations/" + direct + "/messages";
        }

        Map<String, Object> frame(String type, Map<String, Object> more) {
            Map<String, Object> frame =
                    new HashMap<>(Map.of("type", type, "ref", UUID.randomUUID().toString(), "conversation", direct));
            frame.putAll(more);
            return frame;
        }
    }

    /** Returns the code of the refusal; empty if there was none. */
    interface Attempt {
        String code(Scene scene);
    }

    record Case(String name, String refusal, Attempt attempt) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String code(ApiClient.Answer answer) {
        return answer.response().statusCode() < 400
                ? ""
                : ApiClient.JSON.readTree(answer.response().body()).path("code").asString();
    }

    private static String code(JsonNode answer) {
        return answer.path("code").asString("");
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "find the direct conversation",
                        "blocked",
                        s -> code(s.by.rest.post("/conversations", Map.of("kind", "direct", "with", s.other.id)))),
                new Case(
                        "send over REST",
                        "blocked",
                        s -> code(s.by.rest.post(s.messages(), DirectConversationScenario.body("hi")))),
                new Case(
                        "edit over REST",
                        "blocked",
                        s -> code(s.by.rest.put(
                                s.messages() + "/" + s.message,
                                Map.of("text", UUID.randomUUID().toString())))),
                new Case(
                        "react over REST",
                        "blocked",
                        s -> code(s.by.rest.put(s.messages() + "/" + s.message + "/reactions/%F0%9F%91%8D", Map.of()))),
                new Case("send", "blocked", s -> code(s.socket.ask(TestUser.message(s.direct, "hi")))),
                new Case(
                        "edit",
                        "blocked",
                        s -> code(s.socket.ask(s.frame(
                                "message.edit",
                                Map.of(
                                        "position",
                                        s.message,
                                        "text",
                                        UUID.randomUUID().toString()))))),
                new Case(
                        "react",
                        "blocked",
                        s -> code(s.socket.ask(s.frame("reaction.add", Map.of("position", s.message, "emoji", "🎉"))))),
                new Case(
                        "start a group",
                        "blocked",
                        s -> code(s.by.rest.post(
                                "/conversations",
                                Map.of("kind", "group", "title", "For you", "members", List.of(s.other.id))))),
                new Case(
                        "add to a group",
                        "blocked",
                        s -> code(s.by.rest.put("/conversations/" + s.own + "/members/" + s.other.id, Map.of()))),
                new Case(
                        "ask to be a contact",
                        "contact-refused",
                        s -> code(s.by.rest.put("/users/me/contacts/" + s.other.id, Map.of()))),
                new Case(
                        "talk in a group of both",
                        "",
                        s -> code(s.socket.ask(TestUser.message(s.shared, "hello all")))),
                new Case(
                        "retract over REST",
                        "",
                        s -> code(s.by.rest.delete("/conversations/" + s.shared + "/messages/"
                                + DirectConversationScenario.send(s.by, s.shared, "oh")))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decidesEveryInteraction(Case attempted) {
        for (boolean byBlocked : new boolean[] {true, false}) {
            TestUser alice = SERVER.newPerson();
            TestUser bob = SERVER.newPerson();
            TestUser by = byBlocked ? alice : bob;
            TestUser other = byBlocked ? bob : alice;
            String direct = by.startDirect(other);
            try (SocketClient socket = by.connect()) {
                Scene scene = new Scene(
                        by,
                        socket,
                        other,
                        direct,
                        DirectConversationScenario.send(by, direct, "before"),
                        by.startGroup(),
                        by.startGroup(other));
                block(bob, alice);
                assertThat(attempted.attempt().code(scene)).as("%s", byBlocked).isEqualTo(attempted.refusal());
                unblock(bob, alice);
                assertThat(attempted.attempt().code(scene))
                        .as("%s afterwards", byBlocked)
                        .isEmpty();
            }
        }
    }

    private static void block(TestUser by, TestUser whom) {
        by.rest.put("/users/me/blocks/" + whom.id, Map.of()).expect(204);
    }

    private static void unblock(TestUser by, TestUser whom) {
        by.rest.delete("/users/me/blocks/" + whom.id).expect(204);
    }

    @Test
    void hidesTypingAndReadMarks() {
        TestUser alice = SERVER.newPerson();
        TestUser bob = SERVER.newPerson();
        String direct = alice.startDirect(bob);
        String group = alice.startGroup(bob);
        DirectConversationScenario.send(alice, direct, "from alice");
        DirectConversationScenario.send(bob, direct, "from bob");
        List<String> signs = List.of("typing in " + direct, "typing in " + group, "read in " + direct);
        block(bob, alice);
        assertThat(signsOf(alice, bob, direct, group, 2)).isEmpty();
        assertThat(signsOf(bob, alice, direct, group, 2)).isEmpty();
        unblock(bob, alice);
        assertThat(signsOf(alice, bob, direct, group, 3)).containsExactlyInAnyOrderElementsOf(signs);
        assertThat(signsOf(bob, alice, direct, group, 3)).containsExactlyInAnyOrderElementsOf(signs);
    }

    /** The typing, read and presence signs that the other user gets of a user, on new devices each time. */
    private static List<String> signsOf(TestUser by, TestUser other, String direct, String group, long position) {
        String device = UUID.randomUUID().toString();
        try (SocketClient socket = by.onDevice(device).connect();
                SocketClient watching = other.onDevice(device).connect()) {
            for (String conversation : List.of(direct, group)) {
                socket.ask(Map.of("type", "typing", "ref", "t" + conversation, "conversation", conversation));
            }
            assertThat(code(socket.ask(
                            Map.of("type", "read", "ref", "r", "conversation", direct, "position", position))))
                    .isEmpty();
            socket.send(TestUser.message(group, "that is all"));
            List<String> signs = new ArrayList<>();
            for (JsonNode frame = watching.await(List.of("typing", "read", "entry"));
                    !frame.path("type").asString().equals("entry");
                    frame = watching.await(List.of("typing", "read", "entry"))) {
                if (frame.path("user").asString().equals(by.id)) {
                    signs.add(frame.path("type").asString() + " in "
                            + frame.path("conversation").asString());
                }
            }
            return signs;
        }
    }

    @Test
    void hidesPresence() {
        TestUser alice = SERVER.newPerson();
        TestUser bob = SERVER.newPerson();
        String group = alice.startGroup(bob);
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = bob.connect()) {
            watch(atAlice, bob, "online");
            watch(atBob, alice, "online");
            block(bob, alice);
            assertThat(presences(alice, bob, group)).containsOnly("offline");
            assertThat(presences(bob, alice, group)).containsOnly("offline");
            watch(atAlice, bob, "offline");
            watch(atBob, alice, "offline");
            unblock(bob, alice);
            assertThat(presences(alice, bob, group)).containsOnly("online");
            assertThat(atAlice.await("presence").path("status").asString()).isEqualTo("offline");
            awaitOnline(atAlice);
            awaitOnline(atBob);
        }
    }

    /** The last presence frame answers this request; one of the block itself may come before it. */
    private static void watch(SocketClient socket, TestUser whom, String status) {
        Map<String, Object> watch =
                Map.of("type", "presence.watch", "ref", UUID.randomUUID().toString(), "users", List.of(whom.id));
        Awaitility.await().until(() -> {
            socket.send(watch);
            return socket.await("presence").path("status").asString().equals(status);
        });
    }

    private static void awaitOnline(SocketClient socket) {
        Awaitility.await()
                .until(() -> socket.await("presence").path("status").asString().equals("online"));
    }

    private static List<String> presences(TestUser viewer, TestUser whom, String group) {
        return List.of(
                viewer.rest
                        .get("/users/" + whom.id + "/presence")
                        .expect(200)
                        .path("status")
                        .asString(),
                viewer.rest
                        .get("/conversations/" + group + "/presence")
                        .expect(200)
                        .path("members")
                        .valueStream()
                        .filter(member -> member.path("user").asString().equals(whom.id))
                        .map(member -> member.path("status").asString())
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void dropsMentions() {
        TestUser alice = SERVER.newPerson();
        TestUser bob = SERVER.newPerson();
        TestUser carol = SERVER.newPerson();
        String group = carol.startGroup(alice, bob);
        block(bob, alice);
        // First, because sending moves the sender's read mark.
        mention(bob, group, alice);
        mention(alice, group, bob);
        mention(carol, group, bob);
        Awaitility.await().untilAsserted(() -> {
            assertThat(inInbox(bob, group).path("head").asLong()).isEqualTo(4);
            assertThat(inInbox(bob, group).path("mentions").asLong()).isEqualTo(1);
        });
    }

    /** Alice did not block Bob, so his mentions reach her. */
    @Test
    void keepsMentionsByTheBlockingUser() {
        TestUser alice = SERVER.newPerson();
        TestUser bob = SERVER.newPerson();
        String group = alice.startGroup(bob);
        block(bob, alice);
        mention(bob, group, alice);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(inInbox(alice, group).path("mentions").asLong())
                                .isEqualTo(1));
    }

    private static void mention(TestUser by, String group, TestUser whom) {
        Map<String, Object> body = new HashMap<>(DirectConversationScenario.body("look here"));
        body.put("mentions", List.of(whom.id));
        by.rest.post("/conversations/" + group + "/messages", body).expect(201);
    }

    private static JsonNode inInbox(TestUser of, String conversation) {
        return of.rest
                .get("/inbox")
                .expect(200)
                .path("conversations")
                .valueStream()
                .filter(item -> item.path("id").asString().equals(conversation))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not there yet"));
    }
}
