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
        name = "idle",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Sessions that do nothing but send heartbeats: what each costs the server. Afterwards every one of"
                        + " them has to receive an entry. The warm-up is the time for settling. Their resident memory is the live"
                        + " heap and all that is resident outside of the heap.")
public final class IdleCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(
            names = "--sessions",
            defaultValue = "15000",
            description = "Sessions, each of an account of its own (${DEFAULT-VALUE}).")
    private int sessions;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "idle",
                Map.of("sessions", sessions),
                server,
                bench,
                running -> new IdleScenario(running, sessions).play());
    }
}
