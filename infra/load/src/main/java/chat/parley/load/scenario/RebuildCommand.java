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
        name = "rebuild",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Times how a server that was started without its read model makes it again, and looks whether the"
                + " conversation is right that `history --fill` made with the same --run and --password.")
public final class RebuildCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(names = "--messages", defaultValue = "1000000", description = "In the conversation (${DEFAULT-VALUE}).")
    private int messages;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "rebuild",
                Map.of("messages", messages),
                server,
                bench,
                running -> new RebuildScenario(running, messages).play());
    }
}
