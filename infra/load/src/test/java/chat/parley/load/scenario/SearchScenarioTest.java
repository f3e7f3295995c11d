package chat.parley.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.Main;
import chat.parley.load.client.RestClient;
import chat.parley.load.client.UserAccount;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.SendTimes;
import chat.parley.load.testing.FakeChat;
import chat.parley.load.testing.FakeServer;
import chat.parley.load.testing.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class SearchScenarioTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheAdminKey() throws Exception {
        Files.writeString(folder.resolve("admin.key"), FakeServer.ADMIN_KEY + "\n");
    }

    @Test
    void measuresEachKindOfQuery() throws Exception {
        JsonNode report = play("search", FakeServer.Settings.HONEST, 0);

        assertThat(report.path("findings").isEmpty()).isTrue();
        assertThat(report.at("/figures/searchesPerSecond").asDouble()).isPositive();
        assertThat(report.at("/latencyMillis/serverTime/p50").asDouble()).isEqualTo(1.5);
        assertThat(Stream.of("korean-words", "phrase", "from", "in", "dates", "deep-page", "past"))
                .allSatisfy(name -> assertThat(
                                report.at("/latencyMillis/" + name + "/count").asLong())
                        .isPositive());
    }

    @Test
    void detectsUnexpectedHits() throws Exception {
        JsonNode report = play("search", FakeServer.Settings.HONEST.with(Fault.FIND_WHAT_WAS_NOT_ASKED_FOR), 1);

        assertThat(report.path("findings").has("search-differs")).isTrue();
    }

    @Test
    void countsTheConversationsComparedWithTheIndex() throws Exception {
        JsonNode report = play("index-check", FakeServer.Settings.HONEST, 0, "--people=2");

        assertThat(report.at("/checked/conversations").asInt()).isOne();
        assertThat(report.at("/checked/messages").asInt()).isEqualTo(3);
    }

    @Test
    void detectsMissingDocuments() throws Exception {
        JsonNode report =
                play("index-check", FakeServer.Settings.HONEST.with(Fault.LOSE_FROM_THE_INDEX), 1, "--people=2");

        assertThat(report.path("findings").has("index-differs")).isTrue();
    }

    @Test
    void exitsWithOneIfThereAreNoMessages() {
        try (FakeServer server = new FakeServer(FakeServer.Settings.HONEST)) {
            assertThat(Main.run("search", "--patience=2", "--url=" + server.url(), "--data-dir=" + folder))
                    .isOne();
        }
    }

    /** A run of two users, each of whom has sent a message. */
    private JsonNode play(String scenario, FakeServer.Settings settings, int exitCode, String... more)
            throws Exception {
        Path report = folder.resolve("report.json");
        try (FakeServer server = new FakeServer(settings)) {
            String[] same = {
                "--run=again", "--password=a-password", "--patience=2", "--url=" + server.url(), "--warmup=0"
            };
            assertThat(run("inbox", same, "--duration=1", "--conversations=1", "--messages=2"))
                    .isZero();
            sayAlso(server);
            server.rebuild();
            assertThat(run(
                            scenario,
                            same,
                            Stream.concat(
                                            Stream.of(more),
                                            Stream.of("--duration=1", "--data-dir=" + folder, "--report=" + report))
                                    .toArray(String[]::new)))
                    .isEqualTo(exitCode);
        }
        return FakeChat.JSON.readTree(Files.readAllBytes(report));
    }

    /** Sends a message from the other user. */
    private static void sayAlso(FakeServer server) {
        try (RestClient rest =
                new RestClient(server.url(), 1, Duration.ofSeconds(2), new ClientMetrics(new SendTimes(0)))) {
            UserAccount other = new UserAccount(rest, "again.1", "Person 1", "a-password");
            other.register();
            String conversation = rest.get("/inbox", other.token())
                    .path("conversations")
                    .path(0)
                    .path("id")
                    .asString();
            JsonNode ignored = rest.post(
                    "/conversations/" + conversation + "/messages",
                    other.token(),
                    Map.of("clientMessageId", "of-the-other", "text", "an answer"));
        }
    }

    private static int run(String scenario, String[] same, String... more) {
        return Main.run(Stream.of(Stream.of(scenario), Stream.of(same), Stream.of(more))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }
}
