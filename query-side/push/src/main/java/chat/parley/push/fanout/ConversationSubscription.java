package chat.parley.push.fanout;

import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.conversation.Visibility.Reading;
import chat.parley.api.inbox.Membership;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** One session's place in one conversation. Guarded by the fan-out. */
final class ConversationSubscription {
    final ConversationKind kind;
    private final Subscriber subscriber;
    private final @Nullable HistoryAccess history;
    private Visibility visibility;
    private long head;
    private long typingPassedOnAt = Long.MIN_VALUE;

    ConversationSubscription(Subscriber subscriber, Membership membership) {
        this.subscriber = subscriber;
        kind = membership.kind();
        history = membership.history();
        visibility = membership.visibility();
        head = membership.head();
    }

    /** @param history null where it is not known: that of a group that somebody was added to while connected */
    ConversationSubscription(Subscriber subscriber, ConversationKind kind, @Nullable HistoryAccess history) {
        this.subscriber = subscriber;
        this.kind = kind;
        this.history = history;
        this.visibility = Visibility.NOTHING;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    void enter(long position) {
        // Delivery starts with this very entry in any case; what is seen of before only matters for read marks, where
        // not knowing must not refuse what is allowed.
        visibility = visibility.joined(position, history == null ? HistoryAccess.ALL : history);
    }

    void leave(long position) {
        visibility = visibility.left(position);
    }

    void reached(long position) {
        head = Math.max(head, position);
    }

    /**
     * Whether it is known what the time between two memberships is for this session: of somebody who was added while
     * connected, left and came back, it is not.
     */
    boolean isCertain() {
        return history != null || visibility.spans().isEmpty() || visibility.isOpen();
    }

    Reading reading(Collection<Long> edits, Collection<Long> retractions) {
        return visibility.reading(edits, retractions);
    }

    boolean sees(long position) {
        return visibility.sees(position);
    }

    boolean isOpen() {
        return visibility.isOpen();
    }

    long head() {
        return head;
    }

    /** Whether a {@code typing} may be passed on now; at most one per interval is. */
    boolean mayTypeAt(long nanos, long intervalNanos) {
        if (typingPassedOnAt != Long.MIN_VALUE && nanos - typingPassedOnAt < intervalNanos) {
            return false;
        }
        typingPassedOnAt = nanos;
        return true;
    }
}
