package chat.parley.load.scenario;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.DisconnectMode;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.metrics.Percentiles;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All sessions lose their connection at once, miss some entries, and reconnect at once. */
@Command(
        name = "reconnect-storm",
        description = "Sessions in groups of 99 are cut off at once, miss some entries, and reconnect at once. Measures"
                + " the time until all have caught up. Checks that each received every entry exactly once.")
final class ReconnectStormScenario extends Scenario {
    @Option(
            names = "--sessions",
            defaultValue = "15000",
            description = "Sessions, each of an account of its own (${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--missed",
            defaultValue = "10",
            description = "Entries that each session misses (${DEFAULT-VALUE}).")
    private int missed;

    @Override
    Map<String, Object> settings() {
        return Map.of("sessions", sessions, "missed", missed);
    }

    @Override
    void play() throws IOException, InterruptedException {
        SessionFleet fleet = SessionFleet.signUp(run(), sessions);
        run().latency("connecting", fleet.all("connecting", ChatClient::connect));
        fleet.startGroups();
        Percentiles ignored = fleet.all("cutting", session -> session.disconnect(DisconnectMode.RESET));
        fleet.send(1, missed);
        long failuresBefore = run().metrics().sum(Counter.CONNECTION_FAILURES);
        ScenarioRun.Window window =
                run().measure(() -> run().latency("untilCaughtUp", fleet.all("storm", ChatClient::connect)));
        fleet.awaitNumber(missed);
        run().figure("secondsUntilAllCaughtUp", window.seconds());
        run().figure("connectionFailures", (double) run().metrics().sum(Counter.CONNECTION_FAILURES) - failuresBefore);
        run().serverCpu("serverCpuMillisPerSession", window, TimeUnit.SECONDS.toMillis(1) / (double) sessions);
        fleet.check(missed);
    }
}
