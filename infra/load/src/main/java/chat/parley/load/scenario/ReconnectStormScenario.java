package chat.parley.load.scenario;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.DisconnectMode;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.Percentiles;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** All sessions lose their connection at once, miss some entries, and come back at once. */
final class ReconnectStormScenario {
    private final ScenarioRun bench;
    private final int sessions;
    private final int entries;

    /** @param entries what each session misses */
    ReconnectStormScenario(ScenarioRun bench, int sessions, int entries) {
        this.bench = bench;
        this.sessions = sessions;
        this.entries = entries;
    }

    void play() throws IOException, InterruptedException {
        SessionFleet audience = SessionFleet.signUp(bench, sessions);
        bench.latency("connecting", audience.all("connecting", ChatClient::start));
        audience.gather();
        Percentiles ignored = audience.all("cutting", session -> session.leave(DisconnectMode.RESET));
        audience.say(1, entries);
        long failuresBefore = bench.metrics().connectionFailures.sum();
        ScenarioRun.Window window =
                bench.measure(() -> bench.latency("untilCaughtUp", audience.all("storm", ChatClient::start)));
        audience.awaitNumber(entries);
        bench.figure("secondsUntilAllCaughtUp", window.seconds());
        bench.figure(
                "connectionFailures",
                (double) bench.metrics().connectionFailures.sum() - failuresBefore);
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            bench.figure("serverCpuMillisPerSession", TimeUnit.SECONDS.toMillis(1) * cpuSeconds / sessions);
        }
        audience.check(entries);
    }
}
