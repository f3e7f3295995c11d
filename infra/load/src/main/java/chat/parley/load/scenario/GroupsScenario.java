package chat.parley.load.scenario;

import chat.parley.load.client.ChatClient;
import chat.parley.load.harness.MeasurementOptions;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.harness.ServerOptions;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
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
public final class GroupsScenario implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions bench = new MeasurementOptions();

    @Mixin
    private MessageWorkloadOptions traffic = new MessageWorkloadOptions();

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
        return ScenarioRun.run("groups", settings, server, bench, this::play);
    }

    private void play(ScenarioRun run) throws IOException, InterruptedException {
        List<ChatClient> people = run.connect(run.signUp(groups * members));
        new MessageWorkload(run, traffic, ConversationMembers.groups(run, people, members)).play();
    }
}
