package chat.parley.load.scenario;

import chat.parley.load.client.Device;
import chat.parley.load.harness.Bench;
import chat.parley.load.harness.BenchOptions;
import chat.parley.load.harness.ServerOptions;
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
        name = "groups",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "People talk in groups, in turns. Exits with 1 where anything was lost, doubled or out of order.")
public final class GroupsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private TrafficOptions traffic = new TrafficOptions();

    @Option(names = "--groups", defaultValue = "10", description = "How many (${DEFAULT-VALUE}).")
    private int groups;

    @Option(
            names = "--members",
            defaultValue = "100",
            description = "Of each, no more than the server allows; nobody is in two (${DEFAULT-VALUE}).")
    private int members;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("groups", groups);
        settings.put("members", members);
        traffic.describe(settings);
        return Bench.run("groups", settings, server, bench, this::play);
    }

    private void play(Bench run) throws IOException, InterruptedException {
        List<Device> people = run.connect(run.signUp(groups * members));
        new Traffic(run, traffic, Membership.groups(run, people, members)).play();
    }
}
