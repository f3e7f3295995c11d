package chat.parley.load.scenario;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.harness.MeasurementOptions;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.harness.ServerOptions;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import chat.parley.load.workload.OpenLoopReads;
import chat.parley.load.workload.RoundRobinPairing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "mixed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Pairs and groups talk while inboxes and histories are read, all at steady rates.")
public final class MixedScenario implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Option(names = "--pairs", defaultValue = "100", description = "How many (${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--pair-rate", defaultValue = "1000", description = "Messages a second in all (${DEFAULT-VALUE}).")
    private double pairRate;

    @Option(names = "--groups", defaultValue = "10", description = "How many (${DEFAULT-VALUE}).")
    private int groups;

    @Option(names = "--members", defaultValue = "100", description = "Of each group (${DEFAULT-VALUE}).")
    private int members;

    @Option(names = "--group-rate", defaultValue = "100", description = "Messages a second in all (${DEFAULT-VALUE}).")
    private double groupRate;

    @Option(
            names = "--read-rate",
            defaultValue = "100",
            description = "Inboxes and newest pages a second (${DEFAULT-VALUE}).")
    private double readRate;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("pairs", pairs);
        settings.put("pairMessagesPerSecond", pairRate);
        settings.put("groups", groups);
        settings.put("members", members);
        settings.put("groupMessagesPerSecond", groupRate);
        settings.put("readsPerSecond", readRate);
        return ScenarioRun.run("mixed", settings, server, bench, this::play);
    }

    private void play(ScenarioRun run) throws IOException, InterruptedException {
        List<ChatClient> people = run.connect(run.signUp(Math.max(2 * pairs, groups * members)));
        List<ConversationMembers> couples =
                ConversationMembers.pairs(run, RoundRobinPairing.of(people.subList(0, 2 * pairs), pairs));
        List<ConversationMembers> circles =
                ConversationMembers.groups(run, people.subList(0, groups * members), members);
        MessageWorkload direct = new MessageWorkload(run, MessageWorkloadOptions.at(pairRate), couples);
        MessageWorkload group = new MessageWorkload(run, MessageWorkloadOptions.at(groupRate), circles);
        OpenLoopReads reads = new OpenLoopReads(run, readable(run, couples, circles), readRate);
        direct.start();
        group.start();
        reads.start();
        ScenarioRun.Window window = run.measure(
                duration -> {
                    direct.opens(duration);
                    group.opens(duration);
                    reads.opens();
                },
                direct::progress);
        reads.stop();
        direct.stop();
        group.stop();
        direct.report("pair", window);
        group.report("group", window);
        reads.report();
    }

    /** All of them, once their members find them: an inbox is behind the events by a moment. */
    private static List<ConversationMembers> readable(
            ScenarioRun run, List<ConversationMembers> couples, List<ConversationMembers> circles)
            throws InterruptedException {
        ConversationApi rest = new ConversationApi(run.rest(), run.patience());
        List<ConversationMembers> all =
                Stream.concat(couples.stream(), circles.stream()).toList();
        return run.each("readable", all, one -> {
            rest.awaitReadable(one.members().getLast().account(), one.conversation(), 1);
            return one;
        });
    }
}
