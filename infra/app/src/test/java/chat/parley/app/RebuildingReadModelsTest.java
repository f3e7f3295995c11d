package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.SystemRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Rebuilding a read model over REST, as an auditor does. {@link KilledServerTest} interrupts a rebuild. */
class RebuildingReadModelsTest {
    private static final String REBUILDS = "/audit/rebuilds";
    private static final String READ_MODEL = REBUILDS + "/read-model";
    private static final Map<String, String> WANTED = Map.of("target", "read-model", "reason", "사건 18");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path dataDir;

    @Test
    @ResourceLock(ParleyServer.REBUILD)
    void theRebuiltModelAnswersTheSameAfterTheSwitch() {
        ParleyServer server = ParleyServer.shared();
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        TestUser alice = server.newPerson();
        String group = alice.startGroup(server.newPerson());
        long head = DirectConversationScenario.send(alice, group, "kept by every generation");
        List<JsonNode> before = DirectConversationScenario.entries(alice, group, head);
        String served = auditor.rest.get(READ_MODEL).expect(200).get("serving").asString();

        JsonNode begun = auditor.rest.post(REBUILDS, WANTED).expect(202);
        assertThat(begun.get("target").asString()).isEqualTo("read-model");
        String followed = auditor.rest
                .send("GET", READ_MODEL, null, "application/json", "Accept", "text/event-stream")
                .response()
                .body();
        assertThat(followed).contains("event:progress", "\"percent\":", "\"state\":\"done\"");

        JsonNode ended = auditor.rest.get(READ_MODEL).expect(200);
        assertThat(ended.get("state").asString()).isEqualTo("done");
        assertThat(ended.get("serving").asString())
                .isNotEqualTo(served)
                .isEqualTo(begun.get("generation").asString());
        assertThat(ended.get("served").propertyNames())
                .isNotEmpty()
                .containsExactlyElementsOf(ended.get("filled").propertyNames());
        assertThat(ended.get("differences").isArray()).isTrue();
        assertThat(DirectConversationScenario.entries(alice, group, head))
                .hasSize((int) head)
                .isEqualTo(before);

        String recorded = auditor.rest
                .get("/audit/events?reason=case&type=HistoryAudited&user=" + auditor.id)
                .response()
                .body();
        assertThat(recorded).contains("\"REBUILD\"");
    }

    @Test
    void aRebuildThatARestartInterruptsIsFinished() {
        TestUser.Credentials auditor;
        try (ParleyServer server = ParleyServer.startOn(dataDir)) {
            TestUser person = Admins.holder(server, SystemRole.AUDITOR);
            auditor = person.credentials();
            person.rest.post(REBUILDS, WANTED).expect(202);
        }
        try (ParleyServer server = ParleyServer.startOn(dataDir)) {
            TestUser person = TestUser.logIn(server.port(), auditor);
            await().atMost(LIMIT)
                    .until(() -> person.rest
                            .get(READ_MODEL)
                            .expect(200)
                            .get("state")
                            .asString()
                            .equals("done"));
            assertThat(person.rest.get(READ_MODEL).expect(200).get("serving").asString())
                    .isEqualTo("g2");
        }
    }

    @Test
    void onlyOperatorsWithAReasonRebuildKnownTargets() {
        ParleyServer server = ParleyServer.shared();
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        TestUser alice = server.newPerson();
        alice.rest.post(REBUILDS, WANTED).expectProblem(403, "forbidden");
        alice.rest.get(READ_MODEL).expectProblem(403, "forbidden");
        alice.rest.delete(READ_MODEL + "?reason=x").expectProblem(403, "forbidden");
        auditor.rest.post(REBUILDS, Map.of("target", "read-model")).expectProblem(400, "reason-required");
        auditor.rest.delete(READ_MODEL).expectProblem(400, "reason-required");
        JsonNode problem = auditor.rest
                .post(REBUILDS, Map.of("target", "nothing", "reason", "case"))
                .expectProblem(400, "invalid-parameter");
        assertThat(problem.get("detail").asString()).contains("read-model", "search");
        auditor.rest
                .post(REBUILDS, Map.of("target", "search", "reason", "case"))
                .expectProblem(404, "search-off");
    }
}
