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

/** Messages whose recipients are not decided yet. Those of one conversation within one settle time form a batch. */
public final class PendingMessages {
    private final int maxMessages;
    private final Map<ConversationId, Batch> collecting = new HashMap<>();
    private final PriorityQueue<Batch> byTime = new PriorityQueue<>(Comparator.comparing(Batch::due));
    /** Global indexes of all undecided messages, including those being decided. */
    private final TreeSet<Long> undecided = new TreeSet<>();

    public PendingMessages(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    /** Ascending by position. */
    record Batch(ConversationId conversation, List<NotifiableMessage> messages, Instant due) {}

    /** Returns false if there are too many. A message that is pending already is not added again. */
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

    /** Removes a message that was retracted within the settle time. */
    synchronized void retracted(ConversationId conversation, long position) {
        Batch batch = collecting.get(conversation);
        if (batch != null) {
            batch.messages().removeIf(message -> message.position() == position && undecided.remove(message.index()));
        }
    }

    /** Takes the due batches; they count as undecided until {@link #decided}. */
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

    /** Returns a batch that could not be decided, due at another time. */
    synchronized void postpone(Batch batch, Instant due) {
        byTime.add(new Batch(batch.conversation(), batch.messages(), due));
    }

    /** The oldest undecided global index; everything before it is decided. */
    synchronized OptionalLong oldest() {
        return undecided.isEmpty() ? OptionalLong.empty() : OptionalLong.of(undecided.first());
    }

    synchronized int size() {
        return undecided.size();
    }
}
