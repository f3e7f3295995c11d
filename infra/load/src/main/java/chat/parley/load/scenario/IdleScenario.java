package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ChatClient;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.metrics.JvmMemory;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sessions that send nothing but heartbeats. */
@Command(
        name = "idle",
        description =
                "Sessions that send nothing but heartbeats. Measures what each costs the server; the warm-up is the"
                        + " time for it to settle. Afterwards every session has to receive an entry. Resident memory is the live"
                        + " heap and everything that is resident outside of the heap.")
final class IdleScenario extends Scenario {
    /** The answer to the last heartbeat of the window may come after the window. */
    private static final double MIN_ANSWERED_SHARE = 0.9;

    @Option(
            names = "--sessions",
            defaultValue = "15000",
            description = "Sessions, each of an account of its own (${DEFAULT-VALUE}).")
    private int sessions;

    private long sentBefore;
    private long answeredBefore;

    @Override
    Map<String, Object> settings() {
        return Map.of("sessions", sessions);
    }

    @Override
    void play() throws IOException, InterruptedException {
        ClientMetrics metrics = run().metrics();
        SessionFleet fleet = SessionFleet.signUp(run(), sessions);
        JvmMemory empty = run().serverMemory();
        run().latency("connecting", fleet.all("connecting", ChatClient::connect));
        long connections = metrics.sum(Counter.CONNECTED);
        ScenarioRun.Window window = run().measure(
                        _ -> {
                            sentBefore = metrics.sum(Counter.HEARTBEATS_SENT);
                            answeredBefore = metrics.sum(Counter.HEARTBEATS_ANSWERED);
                        },
                        () -> "%,d online".formatted(metrics.online()));
        checkHeartbeats(window);
        reportMemory(empty, run().serverMemory());
        run().serverCpu("serverCpuPercentOfACore", window, 100 / window.seconds());
        double microsPerSecond = TimeUnit.SECONDS.toMicros(1) / window.seconds();
        run().serverCpu("serverCpuMicrosPerSessionSecond", window, microsPerSecond / sessions);
        long reconnections = metrics.sum(Counter.CONNECTED) - connections;
        if (reconnections > 0) {
            run().violations().add(Violations.Kind.PROTOCOL, reconnections, "sessions that were cut off");
        }
        fleet.startGroups();
        fleet.check(0);
    }

    private void checkHeartbeats(ScenarioRun.Window window) {
        long sent = run().metrics().sum(Counter.HEARTBEATS_SENT) - sentBefore;
        long answered = run().metrics().sum(Counter.HEARTBEATS_ANSWERED) - answeredBefore;
        run().figure("heartbeatsPerSecond", answered / window.seconds());
        if (answered < sent * MIN_ANSWERED_SHARE) {
            run().violations().add(Violations.Kind.PROTOCOL, sent - answered, "heartbeats that were not answered");
        }
    }

    private void reportMemory(@Nullable JvmMemory empty, @Nullable JvmMemory full) {
        if (empty != null && full != null) {
            double heapBytes = full.liveHeapBytes() - empty.liveHeapBytes();
            double otherBytes = full.outsideHeapBytes() - empty.outsideHeapBytes();
            run().figure("liveHeapBytesPerSession", heapBytes / sessions);
            run().figure("rssBytesPerSession", (heapBytes + otherBytes) / sessions);
        }
    }
}
