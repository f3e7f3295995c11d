package chat.parley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DeduplicationWindowProperties {
    private static final int STEPS = 5_000;

    private record Sent(UserId by, ClientMessageId id) {}

    /** A sent message is either found, or the window may have evicted it. */
    @Property(tries = 30)
    void aSentMessageNeverCountsAsNew(@ForAll long seed) {
        Random random = new Random(seed);
        List<UserId> users = List.of(new UserId("a"), new UserId("b"), new UserId("c"), new UserId("d"));
        Set<UserId> members = new HashSet<>();
        List<Sent> all = new ArrayList<>();
        DeduplicationWindow window = new DeduplicationWindow();
        for (int step = 1; step <= STEPS; step++) {
            UserId user = users.get(random.nextInt(users.size()));
            if (!members.contains(user)) {
                members.add(user);
                window.joined(user);
            } else if (random.nextInt(50) == 0) {
                members.remove(user);
                window.left(user);
            } else {
                boolean timed = random.nextInt(100) != 0;
                ClientMessageId id = timed
                        ? MessageFixtures.v7(1_000_000 + random.nextInt(100_000), step)
                        : new ClientMessageId("untimed-" + step);
                window.sent(user, id, "hash", new PositionAndTimestamp(step, step));
                all.add(new Sent(user, id));
            }
        }

        assertThat(window.recent()).hasSizeLessThanOrEqualTo(DeduplicationWindow.SIZE);
        assertThat(window.ofMembers()).hasSize(members.size());
        assertThat(all)
                .allMatch(sent ->
                        window.find(sent.by(), sent.id()).isPresent() || window.mayHaveEvicted(sent.by(), sent.id()));
    }
}
