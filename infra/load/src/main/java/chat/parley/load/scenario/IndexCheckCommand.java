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
        name = "index-check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Waits until all that was said can be found, then has the server compare the conversations of the"
                + " people of an earlier run, of the same --run and --password, with its index.")
public final class IndexCheckCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(names = "--people", defaultValue = "200", description = "Of the earlier run (${DEFAULT-VALUE}).")
    private int people;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "index-check",
                Map.of("people", people),
                server,
                bench,
                running -> new IndexCheckScenario(running, people).play());
    }
}
