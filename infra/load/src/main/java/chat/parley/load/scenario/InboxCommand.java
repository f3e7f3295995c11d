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
        name = "inbox",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Reads an inbox of many conversations, and looks whether it is right.")
public final class InboxCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(names = "--conversations", defaultValue = "200", description = "In the inbox (${DEFAULT-VALUE}).")
    private int conversations;

    @Option(names = "--messages", defaultValue = "5", description = "Unread in each of them (${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--readers", defaultValue = "1", description = "Requests at a time (${DEFAULT-VALUE}).")
    private int readers;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "inbox",
                Map.of("conversations", conversations, "messages", messages, "readers", readers),
                server,
                bench,
                running -> new InboxScenario(running, conversations, messages).play(readers));
    }
}
