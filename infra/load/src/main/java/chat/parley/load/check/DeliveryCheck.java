package chat.parley.load.check;

import chat.parley.load.client.Device;
import chat.parley.load.client.History;
import chat.parley.load.client.Received;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Whether a member received every entry of their time exactly once, in order, and as history has it. */
public final class DeliveryCheck {
    private final Findings findings;
    private final String conversation;
    private final long head;
    private final long[] said;

    public DeliveryCheck(History history, Findings findings) {
        this.findings = findings;
        conversation = history.conversation();
        head = history.last();
        said = new long[Math.toIntExact(head) + 1];
        history.entries().forEach(entry -> said[Math.toIntExact(entry.position())] = entry.said());
    }

    /** Answers how many entries were rightly received. */
    public long check(String nick, Received received, List<Spans.Span> spans) {
        BitSet theirs = new BitSet();
        spans.forEach(span -> theirs.set((int) span.from(), (int) span.to() + 1));
        long expected = theirs.cardinality();
        BitSet seen = new BitSet();
        int newest = 0;
        for (int arrival = 0; arrival < received.size(); arrival++) {
            int position = received.position(arrival);
            if (position > head || position < 1 || !theirs.get(position)) {
                findings.add(Findings.Kind.NOT_THEIRS, where(nick, position));
                continue;
            }
            if (seen.get(position)) {
                findings.add(Findings.Kind.DOUBLED, where(nick, position));
            } else if (position < newest) {
                findings.add(Findings.Kind.OUT_OF_ORDER, where(nick, position) + " came after " + newest);
            }
            if (received.said(arrival) != said[position]) {
                findings.add(Findings.Kind.ALTERED, where(nick, position));
            }
            seen.set(position);
            newest = Math.max(newest, position);
        }
        theirs.andNot(seen);
        for (int position = theirs.nextSetBit(0); position >= 0; position = theirs.nextSetBit(position + 1)) {
            findings.add(Findings.Kind.LOST, where(nick, position));
        }
        return expected - theirs.cardinality();
    }

    /** As above, for a device of somebody who was in it from the beginning to the end. */
    public long check(Device device) {
        Received received = device.received().getOrDefault(conversation, new Received());
        return check(device.account().displayName(), received, List.of(new Spans.Span(1, head)));
    }

    /** Whether a device received something of other conversations than these. */
    public static void nothingElse(Device device, Set<String> conversations, Findings findings) {
        device.received().forEach((conversation, here) -> {
            if (!conversations.contains(conversation)) {
                findings.add(
                        Findings.Kind.NOT_THEIRS,
                        here.size(),
                        "all of " + conversation + ", " + device.account().displayName());
            }
        });
    }

    private String where(String nick, int position) {
        return conversation + " position " + position + ", " + nick;
    }
}
