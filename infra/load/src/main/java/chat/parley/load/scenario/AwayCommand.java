package chat.parley.load.scenario;

import chat.parley.load.harness.Bench;
import chat.parley.load.harness.BenchOptions;
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
    private BenchOptions bench = new BenchOptions();

    @Option(names = "--missed", defaultValue = "10000", description = "Entries in all (${DEFAULT-VALUE}).")
    private int missed;

    @Option(names = "--conversations", defaultValue = "50", description = "In which they are (${DEFAULT-VALUE}).")
    private int conversations;

    @Option(names = "--devices", defaultValue = "10", description = "That were away for them (${DEFAULT-VALUE}).")
    private int devices;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Bench.run(
                "away",
                Map.of("missed", missed, "conversations", conversations, "devices", devices),
                server,
                bench,
                running -> new Away(running, missed / conversations).play(conversations, devices));
    }
}
