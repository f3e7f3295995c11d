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
class IdleScenarioTest {
    @Test
    void measuresTheCostOfSessions() throws Exception {
        long pid = ProcessHandle.current().pid();
        JsonNode report = run(FakeServer.Settings.HONEST, 0, "--sessions=110", "--server-pid=" + pid);

        assertThat(report.path("findings").isEmpty()).isTrue();
        assertThat(report.path("figures").propertyNames())
                .contains("liveHeapBytesPerSession", "rssBytesPerSession", "serverCpuPercentOfACore");
        assertThat(report.at("/figures/heartbeatsPerSecond").asDouble()).isPositive();
        assertThat(report.at("/checked/sessions").asInt()).isEqualTo(110);
        assertThat(report.at("/checked/deliveries").asInt()).isEqualTo(110);
    }

    @ParameterizedTest
    @EnumSource(names = "IGNORE_HEARTBEATS")
    void fails(Fault fault) throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST.with(fault), 1, "--sessions=5");

        assertThat(report.path("findings").has(fault.kind().label())).isTrue();
    }

    private static JsonNode run(FakeServer.Settings settings, int exitCode, String... more) throws Exception {
        return ScenarioRunner.of("idle", settings, exitCode, more);
    }
}
