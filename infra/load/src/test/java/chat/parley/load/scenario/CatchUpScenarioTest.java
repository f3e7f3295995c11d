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
class CatchUpScenarioTest {
    @Test
    void measuresEachReconnectingDevice() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0);

        assertThat(report.path("findings").isEmpty()).isTrue();
        assertThat(report.at("/latencyMillis/dialToCaughtUp/count").asInt()).isEqualTo(3);
        assertThat(report.at("/checked/deliveries").asInt()).isEqualTo(3 * 4 * 51);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOSE_IN_A_BACKLOG", "DOUBLE_IN_A_BACKLOG"})
    void fails(Fault fault) throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST.with(fault), 1);

        assertThat(report.path("findings").has(fault.kind().label())).isTrue();
    }

    private static JsonNode run(FakeServer.Settings settings, int exitCode) throws Exception {
        return ScenarioRunner.of("away", settings, exitCode, "--missed=200", "--conversations=4", "--devices=3");
    }
}
