package chat.parley.load.scenario;

import chat.parley.load.check.Findings;
import chat.parley.load.client.Device;
import chat.parley.load.harness.Bench;
import chat.parley.load.metrics.JvmMemory;
import chat.parley.load.metrics.Meters;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What sessions cost that only send heartbeats. */
final class Idle {
    /** The window's last may be answered after it. */
    private static final double ANSWERED_AT_LEAST = 0.9;

    private static final int PERCENT = 100;

    private final Bench bench;
    private final Meters meters;
    private final int sessions;
    private long sentBefore;
    private long answeredBefore;

    Idle(Bench bench, int sessions) {
        this.bench = bench;
        this.sessions = sessions;
        meters = bench.meters();
    }

    void play() throws IOException, InterruptedException {
        Audience audience = Audience.signUp(bench, sessions);
        JvmMemory empty = bench.serverMemory();
        bench.latency("connecting", audience.all("connecting", Device::start));
        long connections = meters.connected.sum();
        Bench.Window window = bench.measure(
                _ -> {
                    sentBefore = meters.heartbeatsSent.sum();
                    answeredBefore = meters.heartbeatsAnswered.sum();
                },
                () -> "%,d online".formatted(meters.online.get()));
        checkHeartbeats(window);
        report(window, empty, bench.serverMemory());
        if (meters.connected.sum() > connections) {
            bench.findings()
                    .add(Findings.Kind.PROTOCOL, meters.connected.sum() - connections, "sessions that were cut off");
        }
        audience.gather();
        audience.check(0);
    }

    private void checkHeartbeats(Bench.Window window) {
        long sent = meters.heartbeatsSent.sum() - sentBefore;
        long answered = meters.heartbeatsAnswered.sum() - answeredBefore;
        bench.figure("heartbeatsPerSecond", answered / window.seconds());
        if (answered < sent * ANSWERED_AT_LEAST) {
            bench.findings().add(Findings.Kind.PROTOCOL, sent - answered, "heartbeats that were not answered");
        }
    }

    private void report(Bench.Window window, @Nullable JvmMemory empty, @Nullable JvmMemory full) {
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
