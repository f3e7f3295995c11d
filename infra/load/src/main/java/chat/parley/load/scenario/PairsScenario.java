package chat.parley.load.scenario;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.MeasurementOptions;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.harness.ServerOptions;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import chat.parley.load.workload.RoundRobinPairing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pairs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "People talk in twos, in turns. Exits with 1 where anything was lost, doubled or out of order.")
public final class PairsScenario implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Mixin
    private MessageWorkloadOptions traffic = new MessageWorkloadOptions();

    @Option(names = "--pairs", defaultValue = "100", description = "How many (${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--people",
            description = "Connected, an even number; with fewer than two a pair people are in several, with more some"
                    + " are only connected (two a pair).")
    private int people;

    @Option(
            names = "--silent",
            paramLabel = "PAIRS",
            defaultValue = "0",
            description = "More pairs of the same people who have a conversation and say nothing (${DEFAULT-VALUE}).")
    private int silent;

    @Override
    public Integer call() throws IOException, InterruptedException {
        people = people == 0 ? 2 * pairs : people;
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("pairs", pairs);
        settings.put("people", people);
        settings.put("silent", silent);
        traffic.describe(settings);
        return ScenarioRun.run("pairs", settings, server, bench, this::play);
    }

    private void play(ScenarioRun run) throws IOException, InterruptedException {
        List<UserAccount> accounts = run.signUp(people);
        List<List<UserAccount>> silentCouples =
                RoundRobinPairing.of(accounts, pairs + silent).subList(pairs, pairs + silent);
        ConversationApi rest = new ConversationApi(run.rest(), run.patience());
        List<String> ignored =
                run.each("silent", silentCouples, couple -> rest.direct(couple.getFirst(), couple.getLast()));
        List<ChatClient> devices = run.connect(accounts);
        new MessageWorkload(run, traffic, ConversationMembers.pairs(run, RoundRobinPairing.of(devices, pairs))).play();
    }
}
