package chat.parley.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.check.Violations;
import chat.parley.load.testing.FakeServer;
import chat.parley.load.testing.Fault;
import chat.parley.load.testing.ScenarioRunner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class PairsScenarioTest {
    @Test
    void measuresAnHonestServerInAClosedLoop() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0, "--closed", "--in-flight=2");

        assertThat(report.path("findings").isEmpty()).isTrue();
        assertThat(report.at("/figures/messagesPerSecond").asDouble()).isPositive();
        assertThat(report.at("/figures/deliveriesPerSecond").asDouble()).isPositive();
        assertThat(report.at("/latencyMillis/sendToDeliver/count").asLong()).isPositive();
        assertThat(report.at("/latencyMillis/fdatasync4k/p99").asDouble()).isPositive();
        assertThat(report.at("/checked/deliveries").asLong())
                .isEqualTo(2 * report.at("/checked/messages").asLong());
    }

    @Test
    void spreadsTheMessagesInFlightOverAllConversations() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0, "--closed", "--in-flight-total=2");

        assertThat(report.at("/settings/inFlightTotal").asInt()).isEqualTo(2);
        assertThat(report.at("/checked/messages").asLong()).isPositive();
    }

    @Test
    void keepsTheTargetRateInAnOpenLoop() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0, "--rate=200");

        assertThat(report.at("/figures/targetMessagesPerSecond").asDouble()).isEqualTo(200);
        assertThat(report.at("/figures/messagesPerSecond").asDouble()).isBetween(100.0, 300.0);
        assertThat(report.at("/latencyMillis/sentLate/count").asLong()).isBetween(100L, 300L);
    }

    @Test
    void measuresTheServersProcesses() throws Exception {
        long pid = ProcessHandle.current().pid();
        JsonNode report = run(FakeServer.Settings.HONEST, 0, "--rate=200", "--server-pid=" + pid);

        assertThat(report.at("/figures/serverCpuMicrosPerMessage").asDouble()).isPositive();
        assertThat(report.at("/figures/serverLiveHeapBytes").asDouble()).isPositive();
        assertThat(report.path("serverProcesses").isEmpty()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "DELIVER_TO_WHO_LEFT",
                "LEAVE_A_GAP_IN_HISTORY",
                "SWAP_TWO_IN_HISTORY",
                "LOSE_IN_A_BACKLOG",
                "DOUBLE_IN_A_BACKLOG",
                "IGNORE_HEARTBEATS",
                "MISCOUNT_UNREAD",
                "FIND_WHAT_WAS_NOT_ASKED_FOR",
                "LOSE_FROM_THE_INDEX"
            })
    void fails(Fault fault) throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST.with(fault), 1, "--rate=50");

        // A live delivery does not show whether the entry was altered on its way or in the history.
        Violations.Kind kind = fault == Fault.ALTER_A_DELIVERY ? Violations.Kind.HISTORY_DIFFERS : fault.kind();
        assertThat(report.path("passed").asBoolean()).isFalse();
        assertThat(report.path("findings").has(kind.label()))
                .as("%s in %s", kind.label(), report.path("findings"))
                .isTrue();
    }

    @Test
    void fillsItsConversationsBeforehand() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0, "--rate=10", "--length=20");

        assertThat(report.at("/checked/messages").asLong()).isBetween(3 * 20 + 5L, 3 * 20 + 15L);
    }

    @Test
    void connectsUsersInSeveralPairsAndSilentOnes() throws Exception {
        JsonNode report = run(FakeServer.Settings.HONEST, 0, "--people=4", "--silent=2");

        assertThat(report.at("/checked/conversations").asInt()).isEqualTo(3);
    }

    @Test
    void resumesAfterLostAnswers() throws Exception {
        JsonNode report = run(new FakeServer.Settings(null, 2, 900, 40, 0), 0, "--rate=100");

        assertThat(report.path("closes").isEmpty()).isFalse();
    }

    private static JsonNode run(FakeServer.Settings settings, int exitCode, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--pairs=3"));
        words.addAll(List.of(more));
        return ScenarioRunner.of("pairs", settings, exitCode, words.toArray(String[]::new));
    }
}
