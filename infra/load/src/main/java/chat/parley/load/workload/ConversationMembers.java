package chat.parley.load.workload;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import java.util.List;
import java.util.stream.IntStream;

/** A conversation and the connected clients of all its members. */
public record ConversationMembers(String conversation, List<ChatClient> members) {
    /** Starts the direct conversation of every pair. */
    public static List<ConversationMembers> pairs(ScenarioRun run, List<List<ChatClient>> pairs)
            throws InterruptedException {
        return run.inParallel("pairs", pairs, pair -> {
            UserAccount one = pair.getFirst().account();
            UserAccount other = pair.getLast().account();
            return new ConversationMembers(run.conversations().startDirect(one, other), pair);
        });
    }

    /** Starts groups of this size; the first member of each owns it. */
    public static List<ConversationMembers> groups(ScenarioRun run, List<ChatClient> clients, int size)
            throws InterruptedException {
        List<List<ChatClient>> groups = IntStream.range(0, clients.size() / size)
                .mapToObj(i -> clients.subList(i * size, (i + 1) * size))
                .toList();
        return run.inParallel("groups", groups, members -> {
            UserAccount owner = members.getFirst().account();
            List<String> others = members.stream()
                    .skip(1)
                    .map(member -> member.account().user())
                    .toList();
            String title = "Group of " + owner.displayName();
            return new ConversationMembers(run.conversations().startGroup(owner, title, others), members);
        });
    }
}
