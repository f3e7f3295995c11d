package chat.parley.load.scenario;

import chat.parley.load.client.Account;
import chat.parley.load.client.Device;
import chat.parley.load.client.Groups;
import chat.parley.load.harness.Bench;
import chat.parley.load.harness.BenchOptions;
import chat.parley.load.harness.ServerOptions;
import chat.parley.load.workload.Couples;
import chat.parley.load.workload.Membership;
import chat.parley.load.workload.Traffic;
import chat.parley.load.workload.TrafficOptions;
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
public final class PairsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private TrafficOptions traffic = new TrafficOptions();

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
        return Bench.run("pairs", settings, server, bench, this::play);
    }

    private void play(Bench run) throws IOException, InterruptedException {
        List<Account> accounts = run.signUp(people);
        List<List<Account>> silentCouples = Couples.of(accounts, pairs + silent).subList(pairs, pairs + silent);
        Groups rest = new Groups(run.rest(), run.patience());
        List<String> ignored =
                run.each("silent", silentCouples, couple -> rest.direct(couple.getFirst(), couple.getLast()));
        List<Device> devices = run.connect(accounts);
        new Traffic(run, traffic, Membership.pairs(run, Couples.of(devices, pairs))).play();
    }
}
