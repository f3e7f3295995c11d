package chat.parley.notifications.decision;

import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Messages until it is decided who is notified of them: those of one conversation that come within one settle time
 * together.
 */
public final class PendingDecisions {
    private final int maxMessages;
    private final Map<ConversationId, Batch> collecting = new HashMap<>();
    private final PriorityQueue<Batch> byTime = new PriorityQueue<>(Comparator.comparing(Batch::due));
    /** The global indices of all that are undecided, also while they are being decided. */
    private final TreeSet<Long> undecided = new TreeSet<>();

    public PendingDecisions(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    /** Ascending by position. */
    record Batch(ConversationId conversation, List<NotifiableMessage> messages, Instant due) {}

    /** False where there are too many already; a message that is here already is not added again. */
    synchronized boolean add(NotifiableMessage message, Instant due) {
        if (undecided.size() >= maxMessages) {
            return false;
        }
        if (undecided.add(message.index())) {
            Batch batch = collecting.get(message.conversation());
            if (batch == null) {
                batch = new Batch(message.conversation(), new ArrayList<>(), due);
                collecting.put(message.conversation(), batch);
                byTime.add(batch);
            }
            batch.messages().add(message);
        }
        return true;
    }

    /** Nobody is notified of a message that its sender took back in time. */
    synchronized void retracted(ConversationId conversation, long position) {
        Batch batch = collecting.get(conversation);
        if (batch != null) {
            batch.messages().removeIf(message -> message.position() == position && undecided.remove(message.index()));
        }
    }

    /** What is due; it stays undecided until {@link #decided}. */
    synchronized List<Batch> takeDue(Instant now) {
        List<Batch> due = new ArrayList<>();
        for (Batch next = byTime.peek(); next != null && !next.due().isAfter(now); next = byTime.peek()) {
            byTime.remove();
            collecting.remove(next.conversation(), next);
            due.add(next);
        }
        return due;
    }

    synchronized void decided(Batch batch) {
        batch.messages().forEach(message -> undecided.remove(message.index()));
    }

    /** It could not be decided; it is due again at another time. */
    synchronized void postpone(Batch batch, Instant due) {
        byTime.add(new Batch(batch.conversation(), batch.messages(), due));
    }

    /** Everything before this global index has been decided. */
    synchronized OptionalLong oldest() {
        return undecided.isEmpty() ? OptionalLong.empty() : OptionalLong.of(undecided.first());
    }

    synchronized int size() {
        return undecided.size();
    }
}
