package chat.parley.app;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.MeasurementOptions;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.harness.ServerOptions;
import chat.parley.load.workload.ConversationMembers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Plays scenarios of the load client against nodes that tests start. */
final class ClusterLoad {
    private ClusterLoad() {}

    /**
     * @param report   gets the figures as JSON
     * @param duration options of the load client for the measured time
     * @return the exit code
     */
    static int play(
            String name,
            URI url,
            Path report,
            Map<String, Object> settings,
            ScenarioRun.Scenario scenario,
            String... duration)
            throws IOException, InterruptedException {
        ServerOptions server = new ServerOptions();
        new CommandLine(server).parseArgs("--url", url.toString(), "--patience", "180");
        MeasurementOptions options = new MeasurementOptions();
        List<String> arguments = new ArrayList<>(List.of(duration));
        arguments.addAll(List.of("--report", report.toString()));
        new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        return ScenarioRun.play(name, settings, server, options, scenario);
    }

    /** A group of these people, each connected on two devices. The first one owns it. */
    static ConversationMembers group(ScenarioRun run, List<UserAccount> people) throws InterruptedException {
        UserAccount owner = people.getFirst();
        List<UserAccount> devices = new ArrayList<>(people);
        for (UserAccount person : people) {
            UserAccount second = person.onDevice("second");
            second.register();
            devices.add(second);
        }
        List<ChatClient> clients = run.connect(devices);
        List<String> members = people.stream().skip(1).map(UserAccount::user).toList();
        return new ConversationMembers(
                run.conversations().startGroup(owner, "Group of " + owner.displayName(), members), clients);
    }
}
