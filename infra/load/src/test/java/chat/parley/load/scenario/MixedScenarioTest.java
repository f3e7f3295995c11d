package chat.parley.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.check.Violations;
import chat.parley.load.testing.FakeServer;
import chat.parley.load.testing.Fault;
import chat.parley.load.testing.ScenarioRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class MixedScenarioTest {
    @Test
    void measuresPairsGroupsAndReadsTogether() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0);

        assertThat(report.at("/figures/pairMessagesPerSecond").asDouble()).isBetween(25.0, 75.0);
        assertThat(report.at("/figures/groupDeliveriesPerSecond").asDouble()).isBetween(75.0, 225.0);
        assertThat(report.at("/latencyMillis/dueToInbox/count").asLong()).isPositive();
        assertThat(report.at("/latencyMillis/dueToPage/count").asLong()).isPositive();
    }

    @Test
    void failsIfAPageHasAGap() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST.with(Fault.LEAVE_A_GAP_IN_HISTORY), 1);

        assertThat(report.path("findings").has(Violations.Kind.HISTORY_GAP.label()))
                .isTrue();
    }

    private static JsonNode run(FakeServer.Settings settings, int exitCode) throws Exception {
        return ScenarioRunner.of(
                "mixed",
                settings,
                exitCode,
                "--pairs=2",
                "--pair-rate=50",
                "--groups=2",
                "--members=3",
                "--group-rate=50",
                "--read-rate=60");
    }
}
