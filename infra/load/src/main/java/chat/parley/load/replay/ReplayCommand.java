package chat.parley.load.replay;

import chat.parley.load.harness.ServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Replays conversations through the public protocol and checks that nothing was lost,"
                + " duplicated or out of order. Exits with 1 if something was.")
public final class ReplayCommand implements Callable<Integer> {
    private static final int RADIX = 36;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--input",
            required = true,
            description = "An IRC log, plain or .gz, or questions and answers as .csv.")
    private @Nullable Path input;

    @Option(
            names = "--max-members",
            defaultValue = "100",
            description = "Members of a group, its owner included; no more than the server allows (${DEFAULT-VALUE}).")
    private int maxMembers;

    @Option(names = "--blocks", description = "Only this number of blocks.")
    private int blocks = Integer.MAX_VALUE;

    @Option(names = "--messages", description = "Only this number of messages.")
    private int messages = Integer.MAX_VALUE;

    @Option(names = "--window", defaultValue = "32", description = "Messages in flight in a group (${DEFAULT-VALUE}).")
    private int window;

    @Option(names = "--parallel-blocks", defaultValue = "64", description = "Concurrent blocks (${DEFAULT-VALUE}).")
    private int parallelBlocks;

    @Option(
            names = "--unordered",
            description = "Senders do not wait for each other, so only each sender's own order is kept.")
    private boolean unordered;

    @Option(names = "--chaos", description = "Cuts connections at random; they resume.")
    private boolean chaos;

    @Option(names = "--chaos-rate", defaultValue = "10", description = "Cuts per second (${DEFAULT-VALUE}).")
    private double chaosRate;

    @Option(names = "--seed", defaultValue = "1", description = "Of the random choices of --chaos (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--threads", defaultValue = "1", description = "Event loops (${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--report", description = "Also write the report as JSON to this file.")
    private @Nullable Path report;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream out = System.out;
        List<ReplayPlan> plans = plans();
        ReplaySettings settings = new ReplaySettings(
                "r" + Long.toString(System.currentTimeMillis(), RADIX),
                maxMembers,
                window,
                parallelBlocks,
                !unordered,
                chaos ? chaosRate : 0,
                seed,
                server.patience(),
                server.restConcurrency,
                threads);
        ReplayReport result = new ReplayRun(plans, settings, out).play(server::rest);
        result.print(out);
        if (report != null) {
            Files.write(
                    report,
                    JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsBytes(result));
        }
        return result.passed() ? 0 : 1;
    }

    private List<ReplayPlan> plans() throws IOException {
        if (input == null) {
            throw new IllegalStateException("--input is required");
        }
        List<IrcLog.Block> log = input.toString().endsWith(".csv") ? DialogueCsv.read(input) : IrcLog.read(input);
        List<IrcLog.Block> chosen = log.subList(0, Math.min(blocks, log.size()));
        Set<String> people = ReplayPlanner.speakers(chosen);
        List<ReplayPlan> plans = new ArrayList<>();
        int left = messages;
        for (IrcLog.Block block : chosen) {
            if (left > 0) {
                ReplayPlan plan = ReplayPlanner.plan(block, maxMembers - 1, people, left);
                left -= plan.messages();
                plans.add(plan);
            }
        }
        return plans;
    }
}
