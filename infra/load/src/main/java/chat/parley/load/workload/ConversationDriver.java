package chat.parley.load.workload;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.EntryListener;
import chat.parley.load.client.UserAccount;
import chat.parley.load.metrics.WindowMetrics;
import chat.parley.load.protocol.MessageIds;
import chat.parley.load.protocol.OutgoingMessage;
import chat.parley.load.protocol.ReceivedFrame;
import io.netty.util.collection.IntObjectHashMap;
import java.util.BitSet;
import java.util.List;

/**
 * A conversation under load. Its members speak in turns; what they say is numbered, and every member has to receive all
 * of it, once, unaltered, at one position without gaps, each sender's messages in the order of sending. Confined to the
 * event loop that drives all members.
 */
final class ConversationDriver {
    private final int index;
    private final String conversation;
    private final List<Member> members;
    private final SyntheticMessages script;
    private final WindowMetrics metrics;
    private final Violations violations;
    private final IntObjectHashMap<Message> unsettled = new IntObjectHashMap<>();
    private int next;
    private int acked;
    private long delivered;

    /** @param index its number among the conversations of this traffic */
    ConversationDriver(
            int index,
            ConversationMembers membership,
            SyntheticMessages script,
            WindowMetrics metrics,
            Violations violations) {
        this.index = index;
        conversation = membership.conversation();
        this.script = script;
        this.metrics = metrics;
        this.violations = violations;
        members = membership.members().stream().map(Member::new).toList();
        for (int member = 0; member < members.size(); member++) {
            members.get(member).ownNumber = member;
        }
    }

    /** A message on its way: until it is acknowledged and everybody has it. */
    private static final class Message {
        private final int number;
        private final long dueNanos;
        private final long said;
        private final Runnable whenSettled;
        private long position;
        private boolean acked;
        private int awaited;

        Message(int number, long dueNanos, long said, int awaited, Runnable whenSettled) {
            this.number = number;
            this.dueNanos = dueNanos;
            this.said = said;
            this.awaited = awaited;
            this.whenSettled = whenSettled;
        }
    }

    /** A member, and how far they are. */
    private final class Member implements EntryListener {
        private final ChatClient client;
        private final BitSet missing = new BitSet(0);
        private int last;

        /** Of their next own message to come back to them. */
        private int ownNumber;

        Member(ChatClient client) {
            this.client = client;
        }

        @Override
        public int last() {
            return last;
        }

        @Override
        public void add(ReceivedFrame.Entry entry) {
            int position = Math.toIntExact(entry.position());
            if (position > last) {
                missing.set(last + 1, position);
                last = position;
            } else if (missing.get(position)) {
                missing.clear(position);
                found(Violations.Kind.OUT_OF_ORDER, this, position + " came after " + last);
            } else {
                found(Violations.Kind.DOUBLED, this, "" + position);
                return;
            }
            delivered(this, entry);
        }
    }

    /** From now on its members listen. */
    void open() {
        for (Member member : members) {
            member.last = member.client.last(conversation);
            member.client.listen(conversation, member);
        }
    }

    /**
     * Whoever's turn it is sends the next message.
     *
     * @param dueNanos    when it should be sent
     * @param whenSettled run once it is acknowledged and everybody has it; never if it is refused
     */
    void send(long dueNanos, Runnable whenSettled) {
        int number = next++;
        Member sender = members.get(number % members.size());
        String text = script.text(index, number);
        Message message = new Message(
                number,
                dueNanos,
                SyntheticMessages.said(sender.client.account().user(), text),
                members.size(),
                whenSettled);
        unsettled.put(number, message);
        metrics.sent(dueNanos, System.nanoTime());
        var ignored = sender.client
                .send(new OutgoingMessage(conversation, script.id(index, number), text, List.of()))
                .whenComplete((position, problem) -> {
                    if (problem == null) {
                        acked(message, position);
                    } else {
                        found(Violations.Kind.NEVER_ACKED, sender, "message " + number + ": " + problem.getMessage());
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
        if (entry.stamp() == 0 && entry.position() == 1) {
            return;
        }
        delivered++;
        metrics.delivered();
        int number = MessageIds.step(entry.stamp());
        boolean isOurs = entry.stamp() != 0 && MessageIds.block(entry.stamp()) == index && number < next;
        Message message = isOurs ? unsettled.get(number) : null;
        if (!isOurs) {
            found(Violations.Kind.HISTORY_EXTRA, member, "" + entry.position());
        } else if (message == null || (message.position != 0 && message.position != entry.position())) {
            Violations.Kind kind = message == null || message.awaited < members.size()
                    ? Violations.Kind.HISTORY_DOUBLED
                    : Violations.Kind.ACKED_ELSEWHERE;
            found(kind, member, entry.position() + " is message " + number);
        }
        if (message != null) {
            received(member, message, entry);
        }
    }

    private void received(Member member, Message message, ReceivedFrame.Entry entry) {
        message.position = entry.position();
        if (entry.said() != message.said) {
            found(Violations.Kind.HISTORY_DIFFERS, member, "" + entry.position());
        }
        if (member == members.get(message.number % members.size())) {
            if (message.number != member.ownNumber) {
                found(
                        Violations.Kind.HISTORY_ORDER,
                        member,
                        message.number + " came where " + member.ownNumber + " was to come");
            }
            member.ownNumber = message.number + members.size();
        } else {
            metrics.deliveredToOther(message.dueNanos);
        }
        message.awaited--;
        settle(message);
    }

    private void settle(Message message) {
        if (message.acked && message.awaited == 0) {
            unsettled.remove(message.number);
            message.whenSettled.run();
        }
    }

    /** Messages that are not acknowledged, or not yet with everybody. */
    int unsettled() {
        return unsettled.size();
    }

    int sent() {
        return next;
    }

    int acked() {
        return acked;
    }

    /** To senders too. */
    long delivered() {
        return delivered;
    }

    String conversation() {
        return conversation;
    }

    UserAccount anybody() {
        return members.getFirst().client.account();
    }

    /** The highest position that anybody received. */
    int last() {
        return members.stream().mapToInt(Member::last).max().orElseThrow();
    }

    /** Once nothing is under way any more: whether everybody has everything. */
    void check() {
        int last = last();
        for (Member member : members) {
            if (member.last < last) {
                member.missing.set(member.last + 1, last + 1);
            }
            member.missing.stream().forEach(position -> found(Violations.Kind.LOST, member, "" + position));
        }
        for (Message message : unsettled.values()) {
            if (message.acked && message.awaited == members.size()) {
                violations.add(
                        Violations.Kind.ACKED_AND_GONE,
                        conversation + " message " + message.number + " came to nobody");
            } else if (message.acked) {
                violations.add(
                        Violations.Kind.LOST,
                        conversation + " message " + message.number + " lacks " + message.awaited + " deliveries");
            } else {
                violations.add(Violations.Kind.NEVER_ACKED, conversation + " message " + message.number);
            }
        }
    }

    /** @param head the highest position according to REST */
    void checkHead(long head) {
        if (head > last()) {
            violations.add(Violations.Kind.LOST, conversation + " has " + head + " entries, nobody heard of the last");
        } else if (head < last()) {
            violations.add(Violations.Kind.ACKED_AND_GONE, conversation + " ends at " + head + " instead of " + last());
        }
    }

    private void found(Violations.Kind kind, Member member, String what) {
        violations.add(kind, conversation + ", " + member.client.account().displayName() + ": " + what);
    }
}
