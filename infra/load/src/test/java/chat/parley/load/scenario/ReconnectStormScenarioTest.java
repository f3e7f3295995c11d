package chat.parley.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.testing.FakeServer;
import chat.parley.load.testing.Fault;
import chat.parley.load.testing.ScenarioRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ReconnectStormScenarioTest {
    @Test
    void measuresTheTimeUntilAllClientsHaveCaughtUp() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0);

        assertThat(report.path("findings").isEmpty()).isTrue();
        assertThat(report.at("/figures/secondsUntilAllCaughtUp").asDouble()).isPositive();
        assertThat(report.at("/latencyMillis/untilCaughtUp/count").asInt()).isEqualTo(110);
        assertThat(report.at("/checked/deliveries").asInt()).isEqualTo(110 * 5);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOSE_IN_A_BACKLOG", "DOUBLE_IN_A_BACKLOG", "STORE_TWICE", "STORE_ANOTHER_TEXT"})
    void fails(Fault fault) throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST.with(fault), 1);

        assertThat(report.path("passed").asBoolean()).isFalse();
        assertThat(report.path("findings").isEmpty()).isFalse();
    }

    private static JsonNode run(FakeServer.Settings settings, int exitCode) throws Exception {
        return ScenarioRunner.of("reconnect-storm", settings, exitCode, "--sessions=110", "--missed=4");
    }
}
