package chat.parley.load.workload;

import chat.parley.load.client.Account;
import chat.parley.load.client.Device;
import chat.parley.load.client.Groups;
import chat.parley.load.harness.Bench;
import java.util.List;
import java.util.stream.IntStream;

/** A conversation and all its members, who are connected. */
public record Membership(String conversation, List<Device> members) {

    /** A direct conversation of every couple. */
    public static List<Membership> pairs(Bench bench, List<List<Device>> couples) throws InterruptedException {
        Groups rest = new Groups(bench.rest(), bench.patience());
        return bench.each("pairs", couples, couple -> {
            Account one = couple.getFirst().account();
            Account other = couple.getLast().account();
            return new Membership(rest.direct(one, other), couple);
        });
    }

    /** Groups of so many; the first of each owns it. */
    public static List<Membership> groups(Bench bench, List<Device> people, int size) throws InterruptedException {
        Groups rest = new Groups(bench.rest(), bench.patience());
        List<List<Device>> groups = IntStream.range(0, people.size() / size)
                .mapToObj(i -> people.subList(i * size, (i + 1) * size))
                .toList();
        return bench.each("groups", groups, members -> {
            Account owner = members.getFirst().account();
            List<String> others = members.stream()
                    .skip(1)
                    .map(member -> member.account().user())
                    .toList();
            return new Membership(rest.start(owner, "Group of " + owner.displayName(), others), members);
        });
    }
}
