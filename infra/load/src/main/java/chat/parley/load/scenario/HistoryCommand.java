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
        name = "history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Reads pages at random places of one long conversation, and looks whether they are right.")
public final class HistoryCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(names = "--messages", defaultValue = "1000000", description = "In the conversation (${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--fill", description = "Sends what the conversation lacks, one message after the other.")
    private boolean fill;

    @Option(names = "--page", defaultValue = "50", description = "Entries of a page (${DEFAULT-VALUE}).")
    private int pageSize;

    @Option(names = "--readers", defaultValue = "1", description = "Requests at a time (${DEFAULT-VALUE}).")
    private int readers;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "history",
                Map.of("messages", messages, "page", pageSize, "readers", readers),
                server,
                bench,
                running -> new HistoryScenario(running, messages, pageSize).play(fill, readers));
    }
}
