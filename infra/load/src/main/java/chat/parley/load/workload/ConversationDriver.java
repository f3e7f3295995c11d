package chat.parley.load.workload;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.EntryListener;
import chat.parley.load.client.UserAccount;
import chat.parley.load.metrics.WindowMetrics;
import chat.parley.load.protocol.EntryHash;
import chat.parley.load.protocol.MessageIds;
import chat.parley.load.protocol.OutgoingMessage;
import chat.parley.load.protocol.ReceivedFrame;
import io.netty.util.collection.IntObjectHashMap;
import java.util.BitSet;
import java.util.List;

/**
 * Drives one conversation under load: its members send numbered messages in turn. Checks while it runs that every member
 * receives every message once, unaltered, at one position without gaps, each sender's messages in the order of sending.
 * Confined to the event loop of all members.
 */
final class ConversationDriver {
    private final int index;
    private final String conversation;
    private final List<Member> members;
    private final SyntheticMessages messages;
    private final WindowMetrics metrics;
    private final Violations violations;
    private final IntObjectHashMap<Message> unsettled = new IntObjectHashMap<>();
    private int next;
    private int acked;
    private long delivered;

    /** @param index of the conversation in this workload */
    ConversationDriver(
            int index,
            ConversationMembers members,
            SyntheticMessages messages,
            WindowMetrics metrics,
            Violations violations) {
        this.index = index;
        conversation = members.conversation();
        this.messages = messages;
        this.metrics = metrics;
        this.violations = violations;
        this.members = members.members().stream().map(Member::new).toList();
        for (int i = 0; i < this.members.size(); i++) {
            this.members.get(i).nextOwnNumber = i;
        }
    }

    /** A message that is not settled: it is when it is acknowledged and every member has it. */
    private static final class Message {
        private final int number;
        private final long dueNanos;
        private final long contentHash;
        private final Runnable whenSettled;
        private long position;
        private boolean acked;
        private int missingDeliveries;

        Message(int number, long dueNanos, long contentHash, int missingDeliveries, Runnable whenSettled) {
            this.number = number;
            this.dueNanos = dueNanos;
            this.contentHash = contentHash;
            this.missingDeliveries = missingDeliveries;
            this.whenSettled = whenSettled;
        }
    }

    /** A member and the positions that its client received. */
    private final class Member implements EntryListener {
        private final ChatClient client;
        private final BitSet missing = new BitSet(0);
        private int last;

        /** The number of the member's own message that the member has to receive next. */
        private int nextOwnNumber;

        Member(ChatClient client) {
            this.client = client;
        }

        @Override
        public int lastPosition() {
            return last;
        }

        @Override
        public void received(ReceivedFrame.Entry entry) {
            int position = Math.toIntExact(entry.position());
            if (position > last) {
                missing.set(last + 1, position);
                last = position;
            } else if (missing.get(position)) {
                missing.clear(position);
                violation(Violations.Kind.OUT_OF_ORDER, this, position + " came after " + last);
            } else {
                violation(Violations.Kind.DOUBLED, this, "" + position);
                return;
            }
            delivered(this, entry);
        }
    }

    /** Receives the entries of all members from now on. */
    void open() {
        for (Member member : members) {
            member.last = member.client.lastPosition(conversation);
            member.client.listen(conversation, member);
        }
    }

    /**
     * Sends the next message, from the member whose turn it is.
     *
     * @param dueNanos    when it should be sent
     * @param whenSettled run once the message is acknowledged and every member has it; never if it is refused
     */
    void send(long dueNanos, Runnable whenSettled) {
        int number = next++;
        Member sender = members.get(number % members.size());
        String text = messages.text(index, number);
        long contentHash = EntryHash.entry("message", sender.client.account().user(), null, EntryHash.of(text));
        Message message = new Message(number, dueNanos, contentHash, members.size(), whenSettled);
        unsettled.put(number, message);
        metrics.sent(dueNanos, System.nanoTime());
        var ignored = sender.client
                .send(new OutgoingMessage(conversation, messages.id(index, number), text, List.of()))
                .whenComplete((position, problem) -> {
                    if (problem == null) {
                        acked(message, position);
                    } else {
                        violation(
                                Violations.Kind.NEVER_ACKED, sender, "message " + number + ": " + problem.getMessage());
                    }
                });
    }

    private void acked(Message message, long position) {
        metrics.acked(message.dueNanos);
        acked++;
        message.acked = true;
        if (message.position == 0) {
            message.position = position;
        } else if (message.position != position) {
            violations.add(
                    Violations.Kind.ACKED_ELSEWHERE,
                    conversation + " position " + message.position + " was acknowledged as " + position);
        }
        settle(message);
    }

    private void delivered(Member member, ReceivedFrame.Entry entry) {
        if (entry.tag() == 0 && entry.position() == 1) {
            return;
        }
        delivered++;
        metrics.delivered();
        int number = MessageIds.step(entry.tag());
        boolean isOurs = entry.tag() != 0 && MessageIds.block(entry.tag()) == index && number < next;
        Message message = isOurs ? unsettled.get(number) : null;
        if (!isOurs) {
            violation(Violations.Kind.HISTORY_EXTRA, member, "" + entry.position());
        } else if (message == null || (message.position != 0 && message.position != entry.position())) {
            Violations.Kind kind = message == null || message.missingDeliveries < members.size()
                    ? Violations.Kind.HISTORY_DOUBLED
                    : Violations.Kind.ACKED_ELSEWHERE;
            violation(kind, member, entry.position() + " is message " + number);
        }
        if (message != null) {
            received(member, message, entry);
        }
    }

    private void received(Member member, Message message, ReceivedFrame.Entry entry) {
        message.position = entry.position();
        if (entry.contentHash() != message.contentHash) {
            violation(Violations.Kind.HISTORY_DIFFERS, member, "" + entry.position());
        }
        if (member == members.get(message.number % members.size())) {
            if (message.number != member.nextOwnNumber) {
                violation(
                        Violations.Kind.HISTORY_ORDER,
                        member,
                        message.number + " came where " + member.nextOwnNumber + " was to come");
            }
            member.nextOwnNumber = message.number + members.size();
        } else {
            metrics.deliveredToOther(message.dueNanos);
        }
        message.missingDeliveries--;
        settle(message);
    }

    private void settle(Message message) {
        if (message.acked && message.missingDeliveries == 0) {
            unsettled.remove(message.number);
            message.whenSettled.run();
        }
    }

    /** Messages that are not acknowledged, or that a member lacks. */
    int unsettled() {
        return unsettled.size();
    }

    int sent() {
        return next;
    }

    int acked() {
        return acked;
    }

    /** Deliveries to all members, including the sender. */
    long delivered() {
        return delivered;
    }

    String conversation() {
        return conversation;
    }

    /** A member, to read the conversation with. */
    UserAccount reader() {
        return members.getFirst().client.account();
    }

    /** The highest position that a member received. */
    int lastPosition() {
        return members.stream().mapToInt(Member::lastPosition).max().orElseThrow();
    }

    /** Once nothing is in flight: checks that every member has every message. */
    void check() {
        int last = lastPosition();
        for (Member member : members) {
            if (member.last < last) {
                member.missing.set(member.last + 1, last + 1);
            }
            member.missing.stream().forEach(position -> violation(Violations.Kind.LOST, member, "" + position));
        }
        for (Message message : unsettled.values()) {
            String where = conversation + " message " + message.number;
            if (message.acked && message.missingDeliveries == members.size()) {
                violations.add(Violations.Kind.ACKED_AND_GONE, where + " came to nobody");
            } else if (message.acked) {
                violations.add(Violations.Kind.LOST, where + " lacks " + message.missingDeliveries + " deliveries");
            } else {
                violations.add(Violations.Kind.NEVER_ACKED, where);
            }
        }
    }

    /** @param head the highest position that REST answers */
    void checkHead(long head) {
        int last = lastPosition();
        if (head > last) {
            violations.add(Violations.Kind.LOST, conversation + " has " + head + " entries, nobody received the last");
        } else if (head < last) {
            violations.add(Violations.Kind.ACKED_AND_GONE, conversation + " ends at " + head + " instead of " + last);
        }
    }

    private void violation(Violations.Kind kind, Member member, String what) {
        violations.add(kind, conversation + ", " + member.client.account().displayName() + ": " + what);
    }
}
