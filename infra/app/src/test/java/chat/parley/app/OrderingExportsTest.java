package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import chat.parley.verify.ExportVerifier.Verified;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Ordering an export over REST, as an auditor does. {@link KilledServerTest} interrupts one. */
class OrderingExportsTest {
    private static final String EXPORTS = "/audit/exports";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private static JsonNode ended(TestUser auditor, String id) {
        return Awaitility.await()
                .atMost(LIMIT)
                .until(
                        () -> auditor.rest.get(EXPORTS + "/" + id).expect(200),
                        report -> !report.get("state").asString().equals("running"));
    }

    @Test
    void fromTheOrderToTheVerifiedArchive() throws Exception {
        ParleyServer server = ParleyServer.shared();
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        TestUser alice = server.newPerson();
        String talk = alice.startDirect(server.newPerson());
        DirectConversationScenario.send(alice, talk, "증거로 남을 말");

        String id = auditor.rest
                .post(EXPORTS, Map.of("conversation", talk, "format", "eml", "reason", "사건 18"))
                .expect(202)
                .get("id")
                .asString();
        String followed = auditor.rest
                .send("GET", EXPORTS + "/" + id, null, "application/json", "Accept", "text/event-stream")
                .response()
                .body();
        assertThat(followed).contains("event:progress", "\"percent\":", "\"state\":\"done\"");
        Verified verified = ExportedEvents.ordered(server.port(), auditor, directory, id);
        // The start, the message, and the record of this export.
        assertThat(verified.manifest().events()).isEqualTo(3);
        assertThat(verified.manifest().files()).containsKey("documents/eml.zip");
        assertThat(auditor.rest.get(EXPORTS).expect(200)).hasSize(1);

        String recorded = auditor.rest
                .get("/audit/events?reason=case&type=HistoryAudited&user=" + auditor.id)
                .response()
                .body();
        assertThat(recorded).contains("\"EXPORT\"");
        auditor.rest.delete(EXPORTS + "/" + id).expect(204);
        auditor.rest.get(EXPORTS + "/" + id).expectProblem(404, "export-not-found");
    }

    @Test
    void anErasureWithdrawsTheReadableTexts() {
        ParleyServer server = ParleyServer.shared();
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        TestUser alice = server.newPerson();
        String talk = alice.startDirect(server.newPerson());
        DirectConversationScenario.send(alice, talk, "to be erased");
        String id = auditor.rest
                .post(EXPORTS, Map.of("conversation", talk, "format", "slack", "reason", "case"))
                .expect(202)
                .get("id")
                .asString();
        assertThat(ended(auditor, id).get("state").asString()).isEqualTo("done");

        auditor.rest
                .post("/audit/erasures", Map.of("user", alice.id, "reason", "asked to"))
                .expect(202);
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> auditor.rest
                        .get("/audit/erasures/" + alice.id + "?reason=progress")
                        .expect(200)
                        .path("stores")
                        .valueStream()
                        .anyMatch(store -> store.path("store").asString().equals("exports")
                                && !store.path("doneAt").isNull()));
        assertThat(auditor.rest.get(EXPORTS + "/" + id).expect(200).get("state").asString())
                .isEqualTo("withdrawn");
        auditor.rest.get(EXPORTS + "/" + id + "/archive").expectProblem(409, "export-not-ready");
    }

    @Test
    void onlyAuditorsWithAReasonOrder() {
        ParleyServer server = ParleyServer.shared();
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        TestUser alice = server.newPerson();
        alice.rest.post(EXPORTS, Map.of("reason", "curious")).expectProblem(403, "forbidden");
        alice.rest.get(EXPORTS).expectProblem(403, "forbidden");
        alice.rest.get(EXPORTS + "/1/archive").expectProblem(403, "forbidden");
        alice.rest.delete(EXPORTS + "/1").expectProblem(403, "forbidden");
        auditor.rest.post(EXPORTS, Map.of()).expectProblem(400, "reason-required");
        auditor.rest.post(EXPORTS, Map.of("reason", "case", "format", "pdf")).expectProblem(400, "invalid-parameter");
        auditor.rest
                .post(EXPORTS, Map.of("reason", "case", "from", "yesterday"))
                .expectProblem(400, "invalid-parameter");
        auditor.rest.post(EXPORTS, Map.of("reason", "case", "q", "word")).expectProblem(404, "search-off");
        assertThat(auditor.rest.get(EXPORTS).expect(200)).isEmpty();
    }
}
