package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.conversation.Visibility.Reading;
import chat.parley.api.inbox.Membership;
import chat.parley.push.event.LiveEvent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber in one conversation, with the positions that its user may see. {@link #advance} decides by
 * {@link Visibility} whether an entry is sent, for live delivery and for replay. Guarded by the lock of the fan-out.
 */
final class ConversationSubscription {
    private static final long NOT_OPEN = Long.MAX_VALUE;

    private final ConversationKind kind;
    private final Subscriber subscriber;
    private final @Nullable HistoryAccess history;
    private Visibility visibility;

    /** The start of the open span of {@link #visibility}, so that one comparison decides most entries. */
    private long openFrom;

    private long head;
    private long typingSentAt = Long.MIN_VALUE;

    ConversationSubscription(Subscriber subscriber, Membership membership) {
        this(subscriber, membership.kind(), membership.history(), membership.visibility());
        head = membership.head();
    }

    private ConversationSubscription(
            Subscriber subscriber, ConversationKind kind, @Nullable HistoryAccess history, Visibility visibility) {
        this.subscriber = subscriber;
        this.kind = kind;
        this.history = history;
        this.visibility = visibility;
        this.openFrom = openFrom(visibility);
    }

    /** The subscription of a subscriber whose user is admitted by this event, before {@link #join}. */
    static ConversationSubscription startingWith(LiveEvent event, Subscriber subscriber) {
        return switch (event.payload(ConversationEvent.class)) {
            case DirectStarted _ ->
                new ConversationSubscription(subscriber, ConversationKind.DIRECT, null, Visibility.NOTHING);
            case GroupStarted e ->
                new ConversationSubscription(subscriber, ConversationKind.GROUP, e.history(), Visibility.NOTHING);
            // Only the event that started the group contains the history setting for its members.
            default -> new ConversationSubscription(subscriber, ConversationKind.GROUP, null, Visibility.NOTHING);
        };
    }

    Subscriber subscriber() {
        return subscriber;
    }

    void join(long position) {
        // Delivery starts with this entry in any case. Earlier entries only matter for read marks. With an unknown
        // history setting, no permitted read mark may be refused.
        see(visibility.joined(position, history == null ? HistoryAccess.ALL : history));
        head = Math.max(head, position);
    }

    void leave(long position) {
        see(visibility.left(position));
    }

    private void see(Visibility changed) {
        visibility = changed;
        openFrom = openFrom(changed);
    }

    private static long openFrom(Visibility visibility) {
        return visibility.isOpen() ? visibility.spans().getLast().from() : NOT_OPEN;
    }

    /** Advances the subscription past an entry. True if the entry is sent to the subscriber. */
    boolean advance(LiveEvent event) {
        long position = event.position();
        if (!sees(position)) {
            return false;
        }
        head = Math.max(head, position);
        return subscriber.lacks(event);
    }

    boolean sees(long position) {
        return position >= openFrom || visibility.sees(position);
    }

    Reading reading(Collection<Long> edits, Collection<Long> retractions) {
        return visibility.reading(edits, retractions);
    }

    /**
     * Whether the visible positions between two memberships are known. They are not for a user who was added while
     * connected, left and was added again.
     */
    boolean knowsHistory() {
        return history != null || visibility.spans().isEmpty() || visibility.isOpen();
    }

    /** Whether the user is a member now. */
    boolean isOpen() {
        return openFrom != NOT_OPEN;
    }

    /** Whether this is the other user of a direct conversation. The two see each other's read marks. */
    boolean isPeerOf(UserId user) {
        return kind == ConversationKind.DIRECT && !subscriber.user().equals(user);
    }

    long head() {
        return head;
    }

    /** Whether a {@code typing} may be forwarded now. At most one per interval is. */
    boolean mayTypeAt(long nanos, long intervalNanos) {
        if (typingSentAt != Long.MIN_VALUE && nanos - typingSentAt < intervalNanos) {
            return false;
        }
        typingSentAt = nanos;
        return true;
    }
}
