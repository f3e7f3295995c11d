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
        name = "away",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Devices of one person come back after many entries, one after the other: how long from dialling"
                + " until each has caught up, and that each has every entry exactly once and in order.")
public final class AwayCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(names = "--missed", defaultValue = "10000", description = "Entries in all (${DEFAULT-VALUE}).")
    private int missed;

    @Option(names = "--conversations", defaultValue = "50", description = "In which they are (${DEFAULT-VALUE}).")
    private int conversations;

    @Option(names = "--devices", defaultValue = "10", description = "That were away for them (${DEFAULT-VALUE}).")
    private int devices;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ScenarioRun.run(
                "away",
                Map.of("missed", missed, "conversations", conversations, "devices", devices),
                server,
                bench,
                running -> new CatchUpScenario(running, missed / conversations).play(conversations, devices));
    }
}
