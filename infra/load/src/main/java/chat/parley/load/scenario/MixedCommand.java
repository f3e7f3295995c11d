package chat.parley.load.scenario;

import chat.parley.load.client.Device;
import chat.parley.load.client.Groups;
import chat.parley.load.harness.Bench;
import chat.parley.load.harness.BenchOptions;
import chat.parley.load.harness.ServerOptions;
import chat.parley.load.workload.Couples;
import chat.parley.load.workload.Membership;
import chat.parley.load.workload.SteadyReads;
import chat.parley.load.workload.Traffic;
import chat.parley.load.workload.TrafficOptions;
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
public final class MixedCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private BenchOptions bench = new BenchOptions();

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
        return Bench.run("mixed", settings, server, bench, this::play);
    }

    private void play(Bench run) throws IOException, InterruptedException {
        List<Device> people = run.connect(run.signUp(Math.max(2 * pairs, groups * members)));
        List<Membership> couples = Membership.pairs(run, Couples.of(people.subList(0, 2 * pairs), pairs));
        List<Membership> circles = Membership.groups(run, people.subList(0, groups * members), members);
        Traffic direct = new Traffic(run, TrafficOptions.at(pairRate), couples);
        Traffic group = new Traffic(run, TrafficOptions.at(groupRate), circles);
        SteadyReads reads = new SteadyReads(run, readable(run, couples, circles), readRate);
        direct.start();
        group.start();
        reads.start();
        Bench.Window window = run.measure(
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
    private static List<Membership> readable(Bench run, List<Membership> couples, List<Membership> circles)
            throws InterruptedException {
        Groups rest = new Groups(run.rest(), run.patience());
        List<Membership> all = Stream.concat(couples.stream(), circles.stream()).toList();
        return run.each("readable", all, one -> {
            rest.awaitReadable(one.members().getLast().account(), one.conversation(), 1);
            return one;
        });
    }
}
