package chat.parley.load.check;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.ReceivedEntries;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Checks that a member received the entries that it may see exactly once, in order, and as history has them. */
public final class DeliveryCheck {
    private final Violations violations;
    private final String conversation;
    private final long head;
    private final long[] contentHashes;

    public DeliveryCheck(ConversationHistory history, Violations violations) {
        this.violations = violations;
        conversation = history.conversation();
        head = history.last();
        contentHashes = new long[Math.toIntExact(head) + 1];
        history.entries().forEach(entry -> contentHashes[Math.toIntExact(entry.position())] = entry.contentHash());
    }

    /** Answers the number of entries that were received as expected. */
    public long check(String nick, ReceivedEntries received, List<MembershipIntervals.Interval> intervals) {
        BitSet visible = new BitSet();
        intervals.forEach(interval -> visible.set((int) interval.from(), (int) interval.to() + 1));
        long expected = visible.cardinality();
        BitSet seen = new BitSet();
        int newest = 0;
        for (int arrival = 0; arrival < received.size(); arrival++) {
            int position = received.position(arrival);
            if (position > head || position < 1 || !visible.get(position)) {
                violations.add(Violations.Kind.NOT_THEIRS, where(nick, position));
                continue;
            }
            if (seen.get(position)) {
                violations.add(Violations.Kind.DOUBLED, where(nick, position));
            } else if (position < newest) {
                violations.add(Violations.Kind.OUT_OF_ORDER, where(nick, position) + " came after " + newest);
            }
            if (received.contentHash(arrival) != contentHashes[position]) {
                violations.add(Violations.Kind.ALTERED, where(nick, position));
            }
            seen.set(position);
            newest = Math.max(newest, position);
        }
        visible.andNot(seen);
        for (int position = visible.nextSetBit(0); position >= 0; position = visible.nextSetBit(position + 1)) {
            violations.add(Violations.Kind.LOST, where(nick, position));
        }
        return expected - visible.cardinality();
    }

    /** The same for a client whose account was a member from start to end. */
    public long check(ChatClient client) {
        ReceivedEntries received = client.received().getOrDefault(conversation, new ReceivedEntries());
        return check(client.account().displayName(), received, List.of(new MembershipIntervals.Interval(1, head)));
    }

    /** Checks that a client received nothing of other conversations than these. */
    public static void nothingElse(ChatClient client, Set<String> conversations, Violations violations) {
        client.received().forEach((conversation, here) -> {
            if (!conversations.contains(conversation)) {
                violations.add(
                        Violations.Kind.NOT_THEIRS,
                        here.size(),
                        "all of " + conversation + ", " + client.account().displayName());
            }
        });
    }

    private String where(String nick, int position) {
        return conversation + " position " + position + ", " + nick;
    }
}
