package chat.parley.load.scenario;

import chat.parley.load.client.Cut;
import chat.parley.load.client.Device;
import chat.parley.load.harness.Bench;
import chat.parley.load.metrics.Percentiles;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** All sessions lose their connection at once, miss some entries, and come back at once. */
final class ReconnectStorm {
    private final Bench bench;
    private final int sessions;
    private final int entries;

    /** @param entries what each session misses */
    ReconnectStorm(Bench bench, int sessions, int entries) {
        this.bench = bench;
        this.sessions = sessions;
        this.entries = entries;
    }

    void play() throws IOException, InterruptedException {
        Audience audience = Audience.signUp(bench, sessions);
        bench.latency("connecting", audience.all("connecting", Device::start));
        audience.gather();
        Percentiles ignored = audience.all("cutting", session -> session.leave(Cut.RESET));
        audience.say(1, entries);
        long failuresBefore = bench.meters().connectionFailures.sum();
        Bench.Window window = bench.measure(() -> bench.latency("untilCaughtUp", audience.all("storm", Device::start)));
        audience.awaitNumber(entries);
        bench.figure("secondsUntilAllCaughtUp", window.seconds());
        bench.figure(
                "connectionFailures", (double) bench.meters().connectionFailures.sum() - failuresBefore);
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            bench.figure("serverCpuMillisPerSession", TimeUnit.SECONDS.toMillis(1) * cpuSeconds / sessions);
        }
        audience.check(entries);
    }
}
