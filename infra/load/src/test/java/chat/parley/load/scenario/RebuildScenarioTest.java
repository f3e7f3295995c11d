package chat.parley.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.Main;
import chat.parley.load.testing.FakeChat;
import chat.parley.load.testing.FakeServer;
import chat.parley.load.testing.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class RebuildScenarioTest {
    private static final int MESSAGES = 450;

    @TempDir
    private Path folder;

    @Test
    void measuresTheTimeUntilTheReadModelHasCaughtUp() throws Exception {
        JsonNode report = rebuild(FakeServer.Settings.HONEST, 0);

        assertThat(report.path("findings").isEmpty()).isTrue();
        assertThat(report.at("/figures/eventsPerSecond").asDouble()).isPositive();
        assertThat(report.at("/checked/events").asInt()).isEqualTo(2_000);
        assertThat(report.at("/checked/pages").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAVE_A_GAP_IN_HISTORY", "STORE_ANOTHER_TEXT"})
    void fails(Fault fault) throws Exception {
        JsonNode report = rebuild(FakeServer.Settings.HONEST.with(fault), 1);

        assertThat(report.path("findings").has(fault.kind().label())).isTrue();
    }

    @Test
    void exitsWithOneIfThereIsNothingToRebuild() {
        try (FakeServer server = new FakeServer(FakeServer.Settings.HONEST)) {
            assertThat(Main.run("rebuild", "--patience=2", "--url=" + server.url()))
                    .isOne();
        }
    }

    private JsonNode rebuild(FakeServer.Settings settings, int exitCode) throws Exception {
        Path report = folder.resolve("report.json");
        try (FakeServer server = new FakeServer(settings)) {
            String same =
                    " --messages=" + MESSAGES + " --run=again --password=a-password --patience=2 --url=" + server.url();
            int ignored = Main.run(("history --fill --warmup=0 --duration=1" + same).split(" ", -1));
            server.rebuild();
            assertThat(Main.run(("rebuild --duration=1 --report=" + report + same).split(" ", -1)))
                    .isEqualTo(exitCode);
        }
        return FakeChat.JSON.readTree(Files.readAllBytes(report));
    }
}
