package chat.parley.load.scenario;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.UserAccount;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import chat.parley.load.workload.RoundRobinPairing;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Messages in direct conversations. */
@Command(
        name = "pairs",
        description =
                "Pairs of people send messages in turn. Exits with 1 if any was lost, duplicated or out of order.")
final class PairsScenario extends Scenario {
    @Mixin
    private MessageWorkloadOptions workload = new MessageWorkloadOptions();

    @Option(names = "--pairs", defaultValue = "100", description = "Pairs (${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--people",
            description =
                    "Connected people, an even number (two for each pair). With fewer, people are in several pairs;"
                            + " with more, some are connected and send nothing.")
    private int people;

    @Option(
            names = "--silent",
            paramLabel = "PAIRS",
            defaultValue = "0",
            description = "Further pairs of the same people whose conversation stays silent (${DEFAULT-VALUE}).")
    private int silent;

    @Override
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(workload.settings());
        settings.put("pairs", pairs);
        settings.put("people", people());
        settings.put("silent", silent);
        return settings;
    }

    private int people() {
        return people == 0 ? 2 * pairs : people;
    }

    @Override
    void play() throws IOException, InterruptedException {
        List<UserAccount> accounts = run().signUp(people());
        List<List<UserAccount>> silentPairs =
                RoundRobinPairing.of(accounts, pairs + silent).subList(pairs, pairs + silent);
        List<String> ignored = run().inParallel(
                        "silent",
                        silentPairs,
                        pair -> run().conversations().startDirect(pair.getFirst(), pair.getLast()));
        List<ChatClient> clients = run().connect(accounts);
        new MessageWorkload(run(), workload, ConversationMembers.pairs(run(), RoundRobinPairing.of(clients, pairs)))
                .play();
    }
}
