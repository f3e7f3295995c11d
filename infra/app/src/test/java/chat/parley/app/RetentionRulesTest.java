package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.SystemRole;
import chat.parley.verify.ExportVerifier.Verified;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A rule that an auditor sets destroys old texts of a running server, and the log stays whole. */
class RetentionRulesTest {
    private static final String OLD = "forty days ago";
    private static final String NEW = "today";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private Path dataDir() {
        return directory.resolve("data");
    }

    @Test
    void textsPastTheirAgeAreUnreadableAndTheLogVerifies() throws Exception {
        TestUser.Credentials alice;
        TestUser.Credentials bob;
        String ruled;
        String kept;
        Clock then = Clock.offset(Clock.systemUTC(), Duration.ofDays(-40));
        try (ParleyServer server = ParleyServer.startOn(dataDir(), then)) {
            TestUser writing = server.newPerson();
            TestUser reading = server.newPerson();
            alice = writing.credentials();
            bob = reading.credentials();
            ruled = writing.startGroup(reading);
            kept = writing.startGroup(reading);
            DirectConversationScenario.send(writing, ruled, OLD);
            DirectConversationScenario.send(writing, kept, OLD);
        }
        try (ParleyServer server = ParleyServer.startOn(dataDir(), "parley.retention.interval=1s")) {
            TestUser writing = TestUser.logIn(server.port(), alice);
            TestUser reading = TestUser.logIn(server.port(), bob);
            long last = DirectConversationScenario.send(writing, ruled, NEW);
            assertThat(text(reading, ruled, 2)).isEqualTo(OLD);

            TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
            auditor.rest
                    .put("/audit/retention/conversations/" + ruled, Map.of("days", 30, "reason", "policy"))
                    .expect(204);

            await().atMost(LIMIT).untilAsserted(() -> {
                JsonNode entry = entry(reading, ruled, 2);
                assertThat(entry.path("erased").asBoolean()).as("%s", entry).isTrue();
                assertThat(entry.toString()).doesNotContain(OLD);
            });
            assertThat(text(reading, ruled, last)).isEqualTo(NEW);
            assertThat(text(reading, kept, 2)).isEqualTo(OLD);
            JsonNode past = auditor.rest
                    .get("/audit/conversations/" + ruled + "?reason=check&at=2")
                    .expect(200);
            assertThat(past.toString()).doesNotContain(OLD);
            assertThat(auditor.rest
                            .get("/audit/events?reason=check&type=TextsExpired&conversation=" + ruled)
                            .response()
                            .body()
                            .lines())
                    .hasSize(1);
            Verified verified = exported(server, auditor);
            assertThat(verified.manifest().isComplete()).isTrue();
            assertThat(verified.erased()).isEqualTo(1);
        }
    }

    private static JsonNode entry(TestUser reader, String conversation, long position) {
        List<JsonNode> entries = DirectConversationScenario.entries(reader, conversation, position);
        return entries.get(Math.toIntExact(position) - 1);
    }

    private static String text(TestUser reader, String conversation, long position) {
        return entry(reader, conversation, position).path("text").asString("");
    }

    private Verified exported(ParleyServer server, TestUser auditor) throws Exception {
        return ExportedEvents.verified(server, auditor, directory, "");
    }
}
