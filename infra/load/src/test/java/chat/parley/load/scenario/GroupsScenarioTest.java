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
class GroupsScenarioTest {
    @Test
    void everyMemberGetsEachMessage() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0);

        assertThat(report.at("/checked/deliveries").asLong())
                .isEqualTo(5 * report.at("/checked/messages").asLong());
        assertThat(report.at("/latencyMillis/sendToDeliver/count").asLong())
                .isEqualTo(4 * report.at("/latencyMillis/sendToAck/count").asLong());
    }

    @Test
    void failsIfOneMemberMissesAMessage() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST.with(Fault.LOSE_A_DELIVERY), 1);

        assertThat(report.path("findings").has(Violations.Kind.LOST.label())).isTrue();
    }

    private static JsonNode run(FakeServer.Settings settings, int exitCode) throws Exception {
        return ScenarioRunner.of("groups", settings, exitCode, "--closed", "--groups=2", "--members=5");
    }
}
