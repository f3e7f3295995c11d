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
        name = "search",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Waits until all that was said can be found, then searches as an analyst does, in turns by ten"
                + " kinds of queries. They are about what `replay` plays: Korean dialogues and #ubuntu.")
public final class SearchCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(names = "--readers", defaultValue = "1", description = "Requests at a time (${DEFAULT-VALUE}).")
    private int readers;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "search",
                Map.of("readers", readers),
                server,
                bench,
                running -> new SearchScenario(running).play(readers));
    }
}
