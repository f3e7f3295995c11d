package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PresenceTest {
    @Test
    void combinesAllDevicesOfAUserForWatchers() {
        ParleyServer server = ParleyServer.shared();
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        TestUser bobsTablet = bob.onDevice("tablet");
        try (SocketClient watching = alice.connect()) {
            ask(watching, Map.of("type", "presence.watch", "ref", "w", "users", List.of(bob.id)));
            awaitStatus(watching, bob, "offline");
            try (SocketClient phone = bob.connect();
                    SocketClient tablet = bobsTablet.connect()) {
                awaitStatus(watching, bob, "online");
                ask(phone, Map.of("type", "presence.set", "ref", "s", "status", "away"));
                ask(tablet, Map.of("type", "presence.set", "ref", "s", "status", "away"));
                awaitStatus(watching, bob, "away");
                awaitPresence(alice, bob, "away");
                ask(tablet, Map.of("type", "presence.set", "ref", "s", "status", "invisible"));
                awaitStatus(watching, bob, "offline");
                ask(tablet, Map.of("type", "bye", "ref", "b"));
                awaitStatus(watching, bob, "away");
                ask(phone, Map.of("type", "bye", "ref", "b"));
            }
            JsonNode gone = awaitStatus(watching, bob, "offline");
            assertThat(gone.path("lastActiveAt").asString()).isNotEmpty();
            awaitPresence(alice, bob, "offline");
        }
    }

    @Test
    void isSentToContactsUnaskedAndHiddenByABlock() {
        ParleyServer server = ParleyServer.shared();
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        try (SocketClient watching = alice.connect();
                SocketClient _ = bob.connect()) {
            alice.rest.put("/users/me/contacts/" + bob.id, Map.of()).expect(200, 201, 204);
            bob.rest.put("/users/me/contacts/" + alice.id, Map.of()).expect(200, 201, 204);
            awaitStatus(watching, bob, "online");
            String group = alice.startGroup(bob);
            assertThat(alice.rest
                            .get("/conversations/" + group + "/presence")
                            .expect(200)
                            .path("members"))
                    .hasSize(2)
                    .allMatch(member -> member.path("status").asString().equals("online"));
            bob.rest.put("/users/me/blocks/" + alice.id, Map.of()).expect(204);
            awaitStatus(watching, bob, "offline");
            awaitPresence(alice, bob, "offline");
            awaitPresence(bob, alice, "offline");
        }
    }

    @Test
    void withInvalidArgumentsIsRefused() {
        ParleyServer server = ParleyServer.shared();
        TestUser alice = server.newPerson();
        try (SocketClient socket = alice.connect()) {
            List<String> many =
                    IntStream.rangeClosed(0, 500).mapToObj(i -> "user" + i).toList();
            expectRefused(socket, Map.of("type", "presence.watch", "ref", "1", "users", many), "limit-exceeded");
            expectRefused(socket, Map.of("type", "presence.watch", "ref", "2", "users", "all"), "malformed-json");
            expectRefused(socket, Map.of("type", "presence.watch", "ref", "3", "users", List.of("?")), "invalid-id");
            expectRefused(socket, Map.of("type", "presence.set", "ref", "4", "status", "asleep"), "invalid-parameter");
        }
        alice.rest.get("/users/.../presence").expectProblem(400, "invalid-id");
        alice.rest.get("/conversations/nowhere/presence").expectProblem(404, "conversation-not-found");
    }

    /** Stop, start and automatic reconnection are not activity of a user. */
    @Test
    void survivesARestartIfTheUserReconnectsInTimeAndKeepsTheTimeOfTheLastActivity(@TempDir Path data) {
        String[] settings = {"parley.push.heartbeat-seconds=1", "parley.push.offline-after-seconds=12"};
        TestUser viewer;
        TestUser stays;
        TestUser goes;
        Instant stayedActive;
        Instant wentActive;
        try (ParleyServer server = ParleyServer.startOn(data, settings)) {
            viewer = server.newPerson();
            stays = server.newPerson();
            goes = server.newPerson();
            try (SocketClient staying = stays.connect();
                    SocketClient going = goes.connect()) {
                staying.ask(TestUser.message(stays.startDirect(viewer), "Here"));
                going.ask(TestUser.message(goes.startDirect(viewer), "Here"));
                awaitPresence(viewer, stays, "online");
                awaitPresence(viewer, goes, "online");
                stayedActive = lastActive(viewer, stays);
                wentActive = lastActive(viewer, goes);
            }
        }
        try (ParleyServer server = ParleyServer.startOn(data, settings)) {
            TestUser again = viewer.on(server);
            assertThat(presence(again, stays)).isEqualTo("online");
            assertThat(presence(again, goes)).isEqualTo("online");
            try (SocketClient watching = again.connect();
                    SocketClient back = stays.on(server).connect()) {
                ask(watching, Map.of("type", "presence.watch", "ref", "w", "users", List.of(goes.id)));
                awaitStatus(watching, goes, "online");
                Awaitility.await().until(() -> {
                    ask(watching, Map.of("type", "heartbeat", "ref", "h"));
                    ask(back, Map.of("type", "heartbeat", "ref", "h"));
                    return presence(again, goes).equals("offline");
                });
                assertThat(lastActive(again, goes)).isEqualTo(wentActive);
                assertThat(presence(again, stays)).isEqualTo("online");
                assertThat(lastActive(again, stays)).isEqualTo(stayedActive);
            }
        }
    }

    private static Instant lastActive(TestUser viewer, TestUser whom) {
        return Instant.parse(viewer.rest
                .get("/users/" + whom.id + "/presence")
                .expect(200)
                .path("lastActiveAt")
                .asString());
    }

    private static void ask(SocketClient socket, Map<String, Object> frame) {
        assertThat(socket.ask(frame).path("type").asString()).isEqualTo("ack");
    }

    private static void expectRefused(SocketClient socket, Map<String, Object> frame, String code) {
        assertThat(socket.ask(frame).path("code").asString()).isEqualTo(code);
    }

    static JsonNode awaitStatus(SocketClient socket, TestUser whom, String status) {
        JsonNode frame = socket.await("presence");
        while (!frame.path("status").asString().equals(status)) {
            frame = socket.await("presence");
        }
        assertThat(frame.path("user").asString()).isEqualTo(whom.id);
        return frame;
    }

    private static void awaitPresence(TestUser viewer, TestUser whom, String status) {
        Awaitility.await().until(() -> presence(viewer, whom).equals(status));
    }

    private static String presence(TestUser viewer, TestUser whom) {
        return viewer.rest
                .get("/users/" + whom.id + "/presence")
                .expect(200)
                .path("status")
                .asString();
    }
}
