package chat.parley.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.Main;
import chat.parley.load.testing.FakeServer;
import chat.parley.load.testing.Fault;
import chat.parley.load.testing.ScenarioRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class HistoryScenarioTest {
    @Test
    void measuresPagesAtBothEnds() throws Exception {
        JsonNode report = read(FakeServer.Settings.HONEST, 0);

        assertThat(report.path("findings").isEmpty()).isTrue();
        assertThat(report.at("/latencyMillis/clientSeen/p50").asDouble()).isPositive();
        assertThat(report.at("/latencyMillis/serverTime/p50").asDouble()).isEqualTo(1.5);
        assertThat(report.at("/figures/readsPerSecond").asDouble()).isPositive();
    }

    @Test
    void findsAConversationAgain() {
        String again = "history --messages=40 --page=20 --warmup=0 --duration=1 --run=again --password=a-password";
        try (FakeServer server = new FakeServer(FakeServer.Settings.HONEST)) {
            String url = " --patience=2 --url=" + server.url();

            assertThat(Main.run((again + url).split(" ", -1))).isOne();
            assertThat(Main.run((again + url + " --fill").split(" ", -1))).isZero();
            assertThat(Main.run((again + url).split(" ", -1))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAVE_A_GAP_IN_HISTORY", "STORE_ANOTHER_TEXT"})
    void fails(Fault fault) throws Exception {
        JsonNode report = read(FakeServer.Settings.HONEST.with(fault), 1);

        assertThat(report.path("findings").has(fault.kind().label())).isTrue();
    }

    private static JsonNode read(FakeServer.Settings settings, int exitCode) throws Exception {
        return ScenarioRunner.of("history", settings, exitCode, "--messages=40", "--page=20", "--fill");
    }
}
