package chat.parley.load.scenario;

import chat.parley.load.client.ChatClient;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Messages in groups. */
@Command(
        name = "groups",
        description = "The members of groups send messages in turn. Exits with 1 if any was lost, duplicated or out of"
                + " order.")
final class GroupsScenario extends Scenario {
    @Mixin
    private MessageWorkloadOptions workload = new MessageWorkloadOptions();

    @Option(names = "--groups", defaultValue = "10", description = "Groups (${DEFAULT-VALUE}).")
    private int groups;

    @Option(
            names = "--members",
            defaultValue = "100",
            description = "Of each group, no more than the server allows; nobody is in two groups (${DEFAULT-VALUE}).")
    private int members;

    @Override
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(workload.settings());
        settings.put("groups", groups);
        settings.put("members", members);
        return settings;
    }

    @Override
    void play() throws IOException, InterruptedException {
        List<ChatClient> clients = run().connect(run().signUp(groups * members));
        new MessageWorkload(run(), workload, ConversationMembers.groups(run(), clients, members)).play();
    }
}
