package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.SystemRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** An erasure that is ordered while its user sends and edits, and while a rebuild runs, leaves no text of theirs. */
class ErasureRacesTest {
    private static final String SECRET = "지워질 때까지 쓰는 말";
    private static final int BEFORE = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();
    private final String talk = alice.startDirect(bob);
    private final String messages = "/conversations/" + talk + "/messages";

    @Test
    @ResourceLock(ParleyServer.REBUILD)
    void withSendsEditsAndARebuild() throws Exception {
        long edited = DirectConversationScenario.send(alice, talk, SECRET);
        DirectConversationScenario.send(bob, talk, "an answer");
        CountDownLatch sent = new CountDownLatch(BEFORE);
        CountDownLatch changed = new CountDownLatch(BEFORE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> sending = threads.submit(
                    () -> repeat(sent, () -> alice.rest.post(messages, DirectConversationScenario.body(SECRET))));
            Future<?> editing = threads.submit(() -> repeat(
                    changed,
                    () -> alice.rest.put(messages + "/" + edited, Map.of("text", SECRET + changed.getCount()))));
            assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(changed.await(60, TimeUnit.SECONDS)).isTrue();
            auditor.rest
                    .post("/audit/rebuilds", Map.of("target", "read-model", "reason", "race"))
                    .expect(202);
            auditor.rest
                    .post("/audit/erasures", Map.of("user", alice.id, "reason", "race"))
                    .expect(202);
            sending.get(60, TimeUnit.SECONDS);
            editing.get(60, TimeUnit.SECONDS);
        }
        await().atMost(LIMIT)
                .until(() ->
                        state("/audit/erasures/" + alice.id + "?reason=race").equals("erased"));
        await().atMost(LIMIT).until(() -> state("/audit/rebuilds/read-model").equals("done"));

        await().atMost(LIMIT).untilAsserted(this::requireNothingReadable);
    }

    private String state(String path) {
        return auditor.rest.get(path).expect(200).get("state").asString();
    }

    /** Until the closed account is refused. */
    private static void repeat(CountDownLatch done, Supplier<ApiClient.Answer> request) {
        int status;
        do {
            status = request.get().response().statusCode();
            done.countDown();
        } while (status == 200 || status == 201 || status == 204);
    }

    private void requireNothingReadable() {
        List<JsonNode> entries = DirectConversationScenario.entries(bob, talk, 1);
        assertThat(entries.toString()).doesNotContain(SECRET);
        assertThat(entries)
                .filteredOn(entry -> entry.path("sender").asString("").equals(alice.id)
                        && List.of("message", "edit")
                                .contains(entry.path("kind").asString()))
                .hasSizeGreaterThan(BEFORE)
                .allSatisfy(entry -> assertThat(entry.path("erased").asBoolean())
                        .as("%s", entry)
                        .isTrue());
    }
}
