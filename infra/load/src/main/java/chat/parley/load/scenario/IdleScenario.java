package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ChatClient;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.JvmMemory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What sessions cost that only send heartbeats. */
final class IdleScenario {
    /** The window's last may be answered after it. */
    private static final double ANSWERED_AT_LEAST = 0.9;

    private static final int PERCENT = 100;

    private final ScenarioRun bench;
    private final ClientMetrics metrics;
    private final int sessions;
    private long sentBefore;
    private long answeredBefore;

    IdleScenario(ScenarioRun bench, int sessions) {
        this.bench = bench;
        this.sessions = sessions;
        metrics = bench.metrics();
    }

    void play() throws IOException, InterruptedException {
        SessionFleet audience = SessionFleet.signUp(bench, sessions);
        JvmMemory empty = bench.serverMemory();
        bench.latency("connecting", audience.all("connecting", ChatClient::start));
        long connections = metrics.connected.sum();
        ScenarioRun.Window window = bench.measure(
                _ -> {
                    sentBefore = metrics.heartbeatsSent.sum();
                    answeredBefore = metrics.heartbeatsAnswered.sum();
                },
                () -> "%,d online".formatted(metrics.online.get()));
        checkHeartbeats(window);
        report(window, empty, bench.serverMemory());
        if (metrics.connected.sum() > connections) {
            bench.violations()
                    .add(Violations.Kind.PROTOCOL, metrics.connected.sum() - connections, "sessions that were cut off");
        }
        audience.gather();
        audience.check(0);
    }

    private void checkHeartbeats(ScenarioRun.Window window) {
        long sent = metrics.heartbeatsSent.sum() - sentBefore;
        long answered = metrics.heartbeatsAnswered.sum() - answeredBefore;
        bench.figure("heartbeatsPerSecond", answered / window.seconds());
        if (answered < sent * ANSWERED_AT_LEAST) {
            bench.violations().add(Violations.Kind.PROTOCOL, sent - answered, "heartbeats that were not answered");
        }
    }

    private void report(ScenarioRun.Window window, @Nullable JvmMemory empty, @Nullable JvmMemory full) {
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            bench.figure("serverCpuPercentOfACore", PERCENT * cpuSeconds / window.seconds());
        }
        if (empty != null && full != null) {
            double heapBytes = full.liveHeapBytes() - empty.liveHeapBytes();
            double otherBytes = full.outsideHeapBytes() - empty.outsideHeapBytes();
            bench.figure("liveHeapBytesPerSession", heapBytes / sessions);
            bench.figure("rssBytesPerSession", (heapBytes + otherBytes) / sessions);
        }
    }
}
