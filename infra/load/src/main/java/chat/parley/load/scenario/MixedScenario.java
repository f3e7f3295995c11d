package chat.parley.load.scenario;

import chat.parley.load.client.ChatClient;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import chat.parley.load.workload.OpenLoopReads;
import chat.parley.load.workload.RoundRobinPairing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Direct messages, group messages and reads at the same time, all in open loops. */
@Command(
        name = "mixed",
        description = "Pairs and groups send messages while people read inboxes and histories, all at constant rates.")
final class MixedScenario extends Scenario {
    @Option(names = "--pairs", defaultValue = "100", description = "Pairs (${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--pair-rate", defaultValue = "1000", description = "Messages a second in all (${DEFAULT-VALUE}).")
    private double pairRate;

    @Option(names = "--groups", defaultValue = "10", description = "Groups (${DEFAULT-VALUE}).")
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
    Map<String, Object> settings() {
        return Map.of(
                "pairs",
                pairs,
                "pairMessagesPerSecond",
                pairRate,
                "groups",
                groups,
                "members",
                members,
                "groupMessagesPerSecond",
                groupRate,
                "readsPerSecond",
                readRate);
    }

    @Override
    void play() throws IOException, InterruptedException {
        List<ChatClient> clients = run().connect(run().signUp(Math.max(2 * pairs, groups * members)));
        List<ConversationMembers> directs =
                ConversationMembers.pairs(run(), RoundRobinPairing.of(clients.subList(0, 2 * pairs), pairs));
        List<ConversationMembers> rooms =
                ConversationMembers.groups(run(), clients.subList(0, groups * members), members);
        MessageWorkload direct = new MessageWorkload(run(), MessageWorkloadOptions.openLoop(pairRate), directs);
        MessageWorkload group = new MessageWorkload(run(), MessageWorkloadOptions.openLoop(groupRate), rooms);
        OpenLoopReads reads = new OpenLoopReads(run(), awaitReadable(directs, rooms), readRate);
        direct.start();
        group.start();
        reads.start();
        ScenarioRun.Window window = run().measure(
                        duration -> {
                            direct.openWindow(duration);
                            group.openWindow(duration);
                            reads.openWindow();
                        },
                        direct::progress);
        reads.stop();
        direct.stop();
        group.stop();
        direct.report("pair", window);
        group.report("group", window);
        reads.report();
    }

    /** All of them, once the inboxes of their members have them: the inbox projection is behind the events. */
    private List<ConversationMembers> awaitReadable(List<ConversationMembers> directs, List<ConversationMembers> rooms)
            throws InterruptedException {
        List<ConversationMembers> all =
                Stream.concat(directs.stream(), rooms.stream()).toList();
        return run().inParallel("readable", all, one -> {
            run().conversations().awaitReadable(one.members().getLast().account(), one.conversation(), 1);
            return one;
        });
    }
}
