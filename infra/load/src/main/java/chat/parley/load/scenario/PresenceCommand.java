package chat.parley.load.scenario;

import chat.parley.load.harness.MeasurementOptions;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.harness.ServerOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "presence",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Sessions with heartbeats, some of which break and come back every second, and some of which are gone"
                        + " without a word in the end: what it costs, and whether those who watch are told exactly once and"
                        + " in time.")
public final class PresenceCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(names = "--sessions", defaultValue = "5000", description = "Sessions (${DEFAULT-VALUE}).")
    private int sessions;

    @Option(names = "--flapping", defaultValue = "500", description = "Those that flap (${DEFAULT-VALUE}).")
    private int flapping;

    @Option(names = "--dying", defaultValue = "1000", description = "Those that die (${DEFAULT-VALUE}).")
    private int dying;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "presence",
                Map.of("sessions", sessions, "flapping", flapping, "dying", dying),
                server,
                bench,
                running -> new PresenceScenario(running, sessions, flapping, dying).play());
    }
}
