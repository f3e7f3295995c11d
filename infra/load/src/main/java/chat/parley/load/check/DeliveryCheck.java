package chat.parley.load.check;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.ReceivedEntries;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Whether a member received every entry of their time exactly once, in order, and as history has it. */
public final class DeliveryCheck {
    private final Violations violations;
    private final String conversation;
    private final long head;
    private final long[] said;

    public DeliveryCheck(ConversationHistory history, Violations violations) {
        this.violations = violations;
        conversation = history.conversation();
        head = history.last();
        said = new long[Math.toIntExact(head) + 1];
        history.entries().forEach(entry -> said[Math.toIntExact(entry.position())] = entry.said());
    }

    /** Answers how many entries were rightly received. */
    public long check(String nick, ReceivedEntries received, List<MembershipIntervals.Span> spans) {
        BitSet theirs = new BitSet();
        spans.forEach(span -> theirs.set((int) span.from(), (int) span.to() + 1));
        long expected = theirs.cardinality();
        BitSet seen = new BitSet();
        int newest = 0;
        for (int arrival = 0; arrival < received.size(); arrival++) {
            int position = received.position(arrival);
            if (position > head || position < 1 || !theirs.get(position)) {
                violations.add(Violations.Kind.NOT_THEIRS, where(nick, position));
                continue;
            }
            if (seen.get(position)) {
                violations.add(Violations.Kind.DOUBLED, where(nick, position));
            } else if (position < newest) {
                violations.add(Violations.Kind.OUT_OF_ORDER, where(nick, position) + " came after " + newest);
            }
            if (received.said(arrival) != said[position]) {
                violations.add(Violations.Kind.ALTERED, where(nick, position));
            }
            seen.set(position);
            newest = Math.max(newest, position);
        }
        theirs.andNot(seen);
        for (int position = theirs.nextSetBit(0); position >= 0; position = theirs.nextSetBit(position + 1)) {
            violations.add(Violations.Kind.LOST, where(nick, position));
        }
        return expected - theirs.cardinality();
    }

    /** As above, for a device of somebody who was in it from the beginning to the end. */
    public long check(ChatClient device) {
        ReceivedEntries received = device.received().getOrDefault(conversation, new ReceivedEntries());
        return check(device.account().displayName(), received, List.of(new MembershipIntervals.Span(1, head)));
    }

    /** Whether a device received something of other conversations than these. */
    public static void nothingElse(ChatClient device, Set<String> conversations, Violations violations) {
        device.received().forEach((conversation, here) -> {
            if (!conversations.contains(conversation)) {
                violations.add(
                        Violations.Kind.NOT_THEIRS,
                        here.size(),
                        "all of " + conversation + ", " + device.account().displayName());
            }
        });
    }

    private String where(String nick, int position) {
        return conversation + " position " + position + ", " + nick;
    }
}
