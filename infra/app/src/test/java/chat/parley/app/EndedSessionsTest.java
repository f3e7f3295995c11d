package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EndedSessionsTest {
    private final ParleyServer server = ParleyServer.shared();
    private final TestUser phone = server.newPerson();
    private final TestUser tablet = phone.onDevice("tablet");

    @Test
    void aLogoutClosesOnlyTheSocketOfTheDevice() {
        try (SocketClient atPhone = phone.connect();
                SocketClient atTablet = tablet.connect()) {
            phone.rest.delete("/sessions/current").expect(204);

            assertThat(atPhone.awaitClose()).isEqualTo(4401);
            expectOut(phone);
            expectAlive(atTablet);
            tablet.rest.get("/inbox").expect(200);
        }
    }

    @Test
    void aByeLogsOut() {
        TestUser alice = server.newPerson();
        try (SocketClient socket = alice.connect()) {
            assertThat(socket.ask(Map.of("type", "bye", "ref", "bye"))
                            .path("type")
                            .asString())
                    .isEqualTo("ack");
            assertThat(socket.awaitClose()).isEqualTo(1000);
        }
        try (SocketClient again = alice.open()) {
            again.send(alice.hello(Map.of()));
            again.expectError("token-invalid");
            assertThat(again.awaitClose()).isEqualTo(4401);
        }
        // A logout over the socket also ends the session for REST.
        alice.rest.get("/inbox").expectProblem(401, "token-invalid");
        new ApiClient(server.port(), null)
                .post("/sessions/refresh", Map.of("refreshToken", alice.refreshToken()))
                .expectProblem(401, "token-invalid");
    }

    @Test
    void removingADeviceClosesItsSocket() {
        try (SocketClient atPhone = phone.connect();
                SocketClient atTablet = tablet.connect()) {
            phone.rest.delete("/users/me/devices/tablet").expect(204);

            assertThat(atTablet.awaitClose()).isEqualTo(4401);
            expectOut(tablet);
            expectAlive(atPhone);
        }
    }

    @Test
    void endingASessionFromAnotherDeviceClosesItsSocket() {
        JsonNode sessions = phone.rest.get("/users/me/sessions").expect(200).path("sessions");
        assertThat(sessions.findValuesAsString("device")).containsExactly("tablet", phone.device);
        assertThat(sessions.path(0).path("current").asBoolean()).isFalse();
        assertThat(sessions.path(1).path("current").asBoolean()).isTrue();
        String path = "/users/me/sessions/" + sessions.path(0).path("id").asString();
        try (SocketClient atPhone = phone.connect();
                SocketClient atTablet = tablet.connect()) {
            server.newPerson().rest.delete(path).expectProblem(404, "session-not-found");
            expectAlive(atTablet);
            phone.rest.delete(path).expect(204);

            assertThat(atTablet.awaitClose()).isEqualTo(4401);
            expectOut(tablet);
            expectAlive(atPhone);
            phone.rest.delete(path).expectProblem(404, "session-not-found");
        }
    }

    @Test
    void loggingOutEverywhereClosesEverySocket() {
        try (SocketClient atPhone = phone.connect();
                SocketClient atTablet = tablet.connect()) {
            phone.rest.delete("/sessions?except=current").expect(204);
            assertThat(atTablet.awaitClose()).isEqualTo(4401);
            expectOut(tablet);
            expectAlive(atPhone);

            phone.rest.delete("/sessions").expect(204);
            assertThat(atPhone.awaitClose()).isEqualTo(4401);
            expectOut(phone);
        }
    }

    @Test
    void changingThePasswordClosesEveryOtherSocket() {
        try (SocketClient atPhone = phone.connect();
                SocketClient atTablet = tablet.connect()) {
            phone.rest
                    .put("/users/me/password", Map.of("current", TestUser.PASSWORD, "new", "another battery staple"))
                    .expect(204);
            assertThat(atTablet.awaitClose()).isEqualTo(4401);
            expectOut(tablet);
            expectAlive(atPhone);
            phone.rest.get("/inbox").expect(200);
        }
    }

    @Test
    void aResetOfThePasswordClosesEverySocket() {
        TestUser alice = server.newPerson();
        String code = Admins.admin(server)
                .rest
                .post("/users/" + alice.id + "/password-reset", Map.of())
                .expect(201)
                .path("code")
                .asString();
        try (SocketClient socket = alice.connect()) {
            new ApiClient(server.port(), null)
                    .post(
                            "/password-resets",
                            Map.of("username", alice.username, "code", code, "newPassword", TestUser.PASSWORD + "!"))
                    .expect(204);
            assertThat(socket.awaitClose()).isEqualTo(4401);
            expectOut(alice);
        }
    }

    @Test
    void aNewLoginOnADeviceEndsItsFormerSession() {
        TestUser before = server.newPerson();
        try (SocketClient socket = before.connect()) {
            TestUser after = before.onDevice(before.device);
            assertThat(socket.awaitClose()).isEqualTo(4401);
            expectOut(before);
            after.rest.get("/inbox").expect(200);
        }
    }

    @Test
    void aChangeOfRolesClosesTheSocketAndRequiresAFreshToken() {
        TestUser alice = server.newPerson();
        try (SocketClient socket = alice.connect()) {
            Admins.grantByKey(new ApiClient(server.port(), null), alice, server.dataDir());

            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
        alice.rest.get("/inbox").expectProblem(401, "token-expired");
        JsonNode fresh = new ApiClient(server.port(), null)
                .post("/sessions/refresh", Map.of("refreshToken", alice.refreshToken()))
                .expect(200);
        String token = fresh.path("accessToken").asString();
        assertThat(new ApiClient(server.port(), token)
                        .get("/users/me")
                        .expect(200)
                        .path("roles")
                        .toString())
                .contains("admin");
        try (SocketClient socket = alice.open()) {
            socket.send(alice.hello(Map.of("token", token)));
            socket.await("caught-up");
        }
    }

    @Test
    void onlyAdminsAndTheHolderOfTheKeyGrantRoles() {
        TestUser alice = server.newPerson();
        alice.rest
                .put("/users/" + alice.id + "/roles/admin?reason=test", Map.of())
                .expectProblem(403, "forbidden");
        alice.rest
                .put("/users/" + alice.id + "/roles/auditor?reason=test", Map.of())
                .expectProblem(403, "forbidden");
        alice.rest
                .send(
                        "PUT",
                        "/users/" + alice.id + "/roles/admin?reason=test",
                        null,
                        "application/json",
                        "Parley-Admin-Key",
                        "made up")
                .expectProblem(403, "forbidden");
    }

    @Test
    void aSecondSocketOfADeviceReplacesTheFirst() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient first = chat.alice().connect();
                SocketClient second = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            assertThat(first.awaitClose()).isEqualTo(4409);
            chat.expectNothingBut(2, second, atBob);
        }
    }

    private void expectOut(TestUser person) {
        // The state of a session is cached for a few seconds.
        Awaitility.await().untilAsserted(() -> person.rest.get("/inbox").expectProblem(401, "token-invalid"));
        try (SocketClient socket = person.open()) {
            socket.send(person.hello(Map.of()));
            socket.expectError("token-invalid");
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    private static void expectAlive(SocketClient socket) {
        assertThat(socket.ask(Map.of("type", "heartbeat", "ref", "alive"))
                        .path("type")
                        .asString())
                .isEqualTo("ack");
    }
}
