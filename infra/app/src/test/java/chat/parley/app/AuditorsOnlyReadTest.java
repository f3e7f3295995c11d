package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import chat.parley.app.Endpoints.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whoever may read the history of others adds nothing to it. */
class AuditorsOnlyReadTest {
    /** Operations without a token, changes of the caller's own access, and those of an admin. */
    private static final Set<String> OPEN = Set.of(
            "POST /api/v1/accounts",
            "POST /api/v1/sessions",
            "POST /api/v1/sessions/refresh",
            "POST /api/v1/password-resets",
            "POST /api/v1/password-resets/requests",
            "DELETE /api/v1/sessions",
            "DELETE /api/v1/sessions/current",
            "PUT /api/v1/users/me/password",
            "PUT /api/v1/users/me/mail-address",
            "DELETE /api/v1/users/me/mail-address",
            "POST /api/v1/users/me/mail-address/confirmation",
            "DELETE /api/v1/users/me/devices/{device}",
            "DELETE /api/v1/users/me/sessions/{session}",
            "PUT /api/v1/users/{user}/roles/{role}",
            "DELETE /api/v1/users/{user}/roles/{role}",
            "POST /api/v1/users/{user}/password-reset",
            "POST /api/v1/search/rebuilds",
            "DELETE /api/v1/search/rebuilds/current",
            "POST /api/v1/search/checks",
            "POST /api/v1/search/dead-letters/retries");

    private static final String DETAIL = "An auditor reads, but sends and changes nothing";

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser auditor = Admins.holder(server, SystemRole.AUDITOR, SystemRole.ADMIN);
    private final TestUser alice = server.newPerson();

    @Test
    void everyOtherOperationThatChangesSomethingIsRefused() {
        List<Endpoint> changes = Endpoints.of(server).stream()
                .filter(endpoint -> endpoint.template().startsWith("/api/v1/"))
                .filter(endpoint -> !endpoint.method().equals("GET"))
                .filter(endpoint -> !endpoint.isOfTheAuditSide())
                .filter(endpoint -> !OPEN.contains(endpoint.toString()))
                .toList();
        assertThat(changes).hasSizeGreaterThan(25);
        for (Endpoint change : changes) {
            JsonNode problem = auditor.rest
                    .send(
                            change.method(),
                            change.path(Map.of()).substring("/api/v1".length()),
                            "{}",
                            "application/json")
                    .expectProblem(403, "forbidden");
            assertThat(problem.get("detail").asString()).as(change.toString()).isEqualTo(DETAIL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message.send",
                "message.edit",
                "message.retract",
                "message.pin",
                "message.unpin",
                "reaction.add",
                "reaction.remove",
                "read",
                "typing",
                "presence.set"
            })
    void framesThatChangeSomethingAreRefused(String type) {
        String group = alice.startGroup(auditor);
        try (SocketClient socket = auditor.connect()) {
            socket.send(Map.ofEntries(
                    Map.entry("type", type),
                    Map.entry("ref", type),
                    Map.entry("conversation", group),
                    Map.entry("clientMessageId", "m1"),
                    Map.entry("text", "hello"),
                    Map.entry("position", 1),
                    Map.entry("emoji", "👍"),
                    Map.entry("status", "away")));
            JsonNode error = socket.await("error");
            assertThat(error.get("ref").asString()).isEqualTo(type);
            assertThat(error.get("code").asString()).isEqualTo("forbidden");
            assertThat(error.get("detail").asString()).isEqualTo(DETAIL);
        }
        assertThat(alice.rest
                        .get("/conversations/" + group + "/entries")
                        .expect(200)
                        .get("entries"))
                .hasSize(1);
    }

    @Test
    void readingAndTheOwnAccessAreOpen() {
        auditor.rest.get("/inbox").expect(200);
        auditor.rest.get("/audit/events?reason=case&type=NoSuchType").expect(200);
        auditor.rest
                .put("/users/me/password", Map.of("current", "wrong password", "new", TestUser.PASSWORD))
                .expectProblem(403, "password-wrong");
        auditor.rest.delete("/users/me/sessions/unknown").expectProblem(404, "session-not-found");
        try (SocketClient socket = auditor.connect()) {
            socket.send(Map.of("type", "heartbeat", "ref", "h"));
            socket.await("ack");
        }
        auditor.rest.delete("/sessions/current").expect(204);
    }

    @Test
    void theRoleIsLostAndGainedAtOnce() {
        TestUser person = Admins.holder(server, SystemRole.AUDITOR);
        person.rest.patch("/users/me", Map.of("displayName", "Nope")).expectProblem(403, "forbidden");
        auditor.rest
                .delete("/users/" + person.id + "/roles/auditor?reason=leaves")
                .expect(204);
        TestUser again = TestUser.logIn(server.port(), person.credentials());
        again.rest.patch("/users/me", Map.of("displayName", "Again")).expect(200);
    }
}
