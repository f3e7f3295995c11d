package chat.parley.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.check.Violations;
import chat.parley.load.testing.FakeServer;
import chat.parley.load.testing.Fault;
import chat.parley.load.testing.ScenarioRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class InboxScenarioTest {
    @Test
    void measuresAWholeInbox() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0);

        assertThat(report.path("findings").isEmpty()).isTrue();
        assertThat(report.at("/latencyMillis/clientSeen/p50").asDouble()).isPositive();
        assertThat(report.at("/latencyMillis/serverTime/p50").asDouble()).isEqualTo(1.5);
    }

    @ParameterizedTest
    @EnumSource(names = {"MISCOUNT_UNREAD", "STORE_ANOTHER_TEXT"})
    void fails(Fault fault) throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST.with(fault), 1);

        assertThat(report.path("findings").has(Violations.Kind.INBOX_DIFFERS.label()))
                .isTrue();
    }

    private static JsonNode run(FakeServer.Settings settings, int exitCode) throws Exception {
        return ScenarioRunner.of("inbox", settings, exitCode, "--conversations=7", "--messages=3");
    }
}
