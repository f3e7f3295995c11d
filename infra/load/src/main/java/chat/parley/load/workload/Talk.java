package chat.parley.load.workload;

import chat.parley.load.check.Findings;
import chat.parley.load.client.Account;
import chat.parley.load.client.Device;
import chat.parley.load.client.Reception;
import chat.parley.load.metrics.Tally;
import chat.parley.load.protocol.Draft;
import chat.parley.load.protocol.MessageIds;
import chat.parley.load.protocol.ServerFrame;
import io.netty.util.collection.IntObjectHashMap;
import java.util.BitSet;
import java.util.List;

/**
 * A conversation under load. Its members speak in turns; what they say is numbered, and every member has to receive all
 * of it, once, unaltered, at one position without gaps, each sender's messages in the order of sending. Confined to the
 * event loop that drives all members.
 */
final class Talk {
    private final int index;
    private final String conversation;
    private final List<Seat> seats;
    private final Script script;
    private final Tally tally;
    private final Findings findings;
    private final IntObjectHashMap<Message> unsettled = new IntObjectHashMap<>();
    private int next;
    private int acked;
    private long delivered;

    /** @param index its number among the conversations of this traffic */
    Talk(int index, Membership membership, Script script, Tally tally, Findings findings) {
        this.index = index;
        conversation = membership.conversation();
        this.script = script;
        this.tally = tally;
        this.findings = findings;
        seats = membership.members().stream().map(Seat::new).toList();
        for (int member = 0; member < seats.size(); member++) {
            seats.get(member).ownNumber = member;
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
    private final class Seat implements Reception {
        private final Device device;
        private final BitSet missing = new BitSet(0);
        private int last;

        /** Of their next own message to come back to them. */
        private int ownNumber;

        Seat(Device device) {
            this.device = device;
        }

        @Override
        public int last() {
            return last;
        }

        @Override
        public void add(ServerFrame.Entry entry) {
            int position = Math.toIntExact(entry.position());
            if (position > last) {
                missing.set(last + 1, position);
                last = position;
            } else if (missing.get(position)) {
                missing.clear(position);
                found(Findings.Kind.OUT_OF_ORDER, this, position + " came after " + last);
            } else {
                found(Findings.Kind.DOUBLED, this, "" + position);
                return;
            }
            delivered(this, entry);
        }
    }

    /** From now on its members listen. */
    void open() {
        for (Seat seat : seats) {
            seat.last = seat.device.last(conversation);
            seat.device.listen(conversation, seat);
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
        Seat sender = seats.get(number % seats.size());
        String text = script.text(index, number);
        Message message = new Message(
                number, dueNanos, Script.said(sender.device.account().user(), text), seats.size(), whenSettled);
        unsettled.put(number, message);
        tally.sent(dueNanos, System.nanoTime());
        var ignored = sender.device
                .send(new Draft(conversation, script.id(index, number), text, List.of()))
                .whenComplete((position, problem) -> {
                    if (problem == null) {
                        acked(message, position);
                    } else {
                        found(Findings.Kind.NEVER_ACKED, sender, "message " + number + ": " + problem.getMessage());
                    }
                });
    }

    private void acked(Message message, long position) {
        tally.acked(message.dueNanos);
        acked++;
        message.acked = true;
        if (message.position == 0) {
            message.position = position;
        } else if (message.position != position) {
            findings.add(
                    Findings.Kind.ACKED_ELSEWHERE,
                    conversation + " position " + message.position + " was acknowledged as " + position);
        }
        settle(message);
    }

    private void delivered(Seat seat, ServerFrame.Entry entry) {
        if (entry.stamp() == 0 && entry.position() == 1) {
            return;
        }
        delivered++;
        tally.delivered();
        int number = MessageIds.step(entry.stamp());
        boolean isOurs = entry.stamp() != 0 && MessageIds.block(entry.stamp()) == index && number < next;
        Message message = isOurs ? unsettled.get(number) : null;
        if (!isOurs) {
            found(Findings.Kind.HISTORY_EXTRA, seat, "" + entry.position());
        } else if (message == null || (message.position != 0 && message.position != entry.position())) {
            Findings.Kind kind = message == null || message.awaited < seats.size()
                    ? Findings.Kind.HISTORY_DOUBLED
                    : Findings.Kind.ACKED_ELSEWHERE;
            found(kind, seat, entry.position() + " is message " + number);
        }
        if (message != null) {
            received(seat, message, entry);
        }
    }

    private void received(Seat seat, Message message, ServerFrame.Entry entry) {
        message.position = entry.position();
        if (entry.said() != message.said) {
            found(Findings.Kind.HISTORY_DIFFERS, seat, "" + entry.position());
        }
        if (seat == seats.get(message.number % seats.size())) {
            if (message.number != seat.ownNumber) {
                found(
                        Findings.Kind.HISTORY_ORDER,
                        seat,
                        message.number + " came where " + seat.ownNumber + " was to come");
            }
            seat.ownNumber = message.number + seats.size();
        } else {
            tally.deliveredToOther(message.dueNanos);
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

    Account anybody() {
        return seats.getFirst().device.account();
    }

    /** The highest position that anybody received. */
    int last() {
        return seats.stream().mapToInt(Seat::last).max().orElseThrow();
    }

    /** Once nothing is under way any more: whether everybody has everything. */
    void check() {
        int last = last();
        for (Seat seat : seats) {
            if (seat.last < last) {
                seat.missing.set(seat.last + 1, last + 1);
            }
            seat.missing.stream().forEach(position -> found(Findings.Kind.LOST, seat, "" + position));
        }
        for (Message message : unsettled.values()) {
            if (message.acked && message.awaited == seats.size()) {
                findings.add(
                        Findings.Kind.ACKED_AND_GONE, conversation + " message " + message.number + " came to nobody");
            } else if (message.acked) {
                findings.add(
                        Findings.Kind.LOST,
                        conversation + " message " + message.number + " lacks " + message.awaited + " deliveries");
            } else {
                findings.add(Findings.Kind.NEVER_ACKED, conversation + " message " + message.number);
            }
        }
    }

    /** @param head the highest position according to REST */
    void checkHead(long head) {
        if (head > last()) {
            findings.add(Findings.Kind.LOST, conversation + " has " + head + " entries, nobody heard of the last");
        } else if (head < last()) {
            findings.add(Findings.Kind.ACKED_AND_GONE, conversation + " ends at " + head + " instead of " + last());
        }
    }

    private void found(Findings.Kind kind, Seat seat, String what) {
        findings.add(kind, conversation + ", " + seat.device.account().displayName() + ": " + what);
    }
}
