package chat.parley.load.workload;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import java.util.List;
import java.util.stream.IntStream;

/** A conversation and all its members, who are connected. */
public record ConversationMembers(String conversation, List<ChatClient> members) {

    /** A direct conversation of every couple. */
    public static List<ConversationMembers> pairs(ScenarioRun run, List<List<ChatClient>> couples)
            throws InterruptedException {
        ConversationApi rest = new ConversationApi(run.rest(), run.patience());
        return run.each("pairs", couples, couple -> {
            UserAccount one = couple.getFirst().account();
            UserAccount other = couple.getLast().account();
            return new ConversationMembers(rest.direct(one, other), couple);
        });
    }

    /** Groups of so many; the first of each owns it. */
    public static List<ConversationMembers> groups(ScenarioRun run, List<ChatClient> people, int size)
            throws InterruptedException {
        ConversationApi rest = new ConversationApi(run.rest(), run.patience());
        List<List<ChatClient>> groups = IntStream.range(0, people.size() / size)
                .mapToObj(i -> people.subList(i * size, (i + 1) * size))
                .toList();
        return run.each("groups", groups, members -> {
            UserAccount owner = members.getFirst().account();
            List<String> others = members.stream()
                    .skip(1)
                    .map(member -> member.account().user())
                    .toList();
            return new ConversationMembers(rest.start(owner, "Group of " + owner.displayName(), others), members);
        });
    }
}
