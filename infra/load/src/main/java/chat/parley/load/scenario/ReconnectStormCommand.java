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
        name = "reconnect-storm",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sessions in groups of 99 are cut off all at once, miss some entries, and come back all at once:"
                + " how long until everybody has caught up, and that everybody has every entry exactly once.")
public final class ReconnectStormCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(
            names = "--sessions",
            defaultValue = "15000",
            description = "Sessions, each of an account of its own (${DEFAULT-VALUE}).")
    private int sessions;

    @Option(names = "--missed", defaultValue = "10", description = "Entries that each one misses (${DEFAULT-VALUE}).")
    private int missed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "reconnect-storm",
                Map.of("sessions", sessions, "missed", missed),
                server,
                bench,
                running -> new ReconnectStormScenario(running, sessions, missed).play());
    }
}
