package chat.parley.push.fanout;

import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEvent;
import chat.parley.push.event.LiveEventBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends the buffered events to a subscriber before it goes live. {@link Subscriber#admit},
 * {@link ConversationSubscription#advance} and {@link ConversationSubscription#leave} decide which entries it sees, as
 * in live delivery. Unlike there, a message that a later event of the replay edits or retracts is sent in its current
 * form. Guarded by the lock of the fan-out.
 */
final class Replay {
    /**
     * Maximum bytes of one replay. Together with a few of the largest frames they fit in the outbound queue. A longer
     * replay is left to another round of backlog, which waits for its reader.
     */
    private static final long MAX_BYTES = 2_000_000;

    private final LiveEventBuffer buffer;
    private final FrameEncoder frames;
    private final ReadReceipts receipts;

    Replay(LiveEventBuffer buffer, FrameEncoder frames, ReadReceipts receipts) {
        this.buffer = buffer;
        this.frames = frames;
        this.receipts = receipts;
    }

    /** The frames of the events after this index; empty if another round of backlog is needed first. */
    Optional<List<byte[]>> framesAfter(long index, Subscriber subscriber) {
        if (!buffer.covers(index)) {
            return Optional.empty();
        }
        List<LiveEvent> wanted = new ArrayList<>();
        MessageRevisions revisions = new MessageRevisions();
        for (LiveEvent event : buffer.after(index)) {
            if (needsHistory(subscriber, event)) {
                return Optional.empty();
            }
            if (event.is(ReadMarkEvent.class) || advance(subscriber, event)) {
                wanted.add(event);
            }
            if (subscriber.subscriptions().containsKey(event.aggregate())) {
                revisions.add(event);
            }
        }
        List<byte[]> missed = new ArrayList<>();
        long bytes = 0;
        for (LiveEvent event : wanted) {
            byte[] frame = frame(subscriber, event, revisions);
            if (frame != null) {
                missed.add(frame);
                bytes += frame.length;
            }
            if (bytes > MAX_BYTES) {
                return Optional.empty();
            }
        }
        return Optional.of(missed);
    }

    /**
     * Whether the user returns to a conversation and only the read model knows which positions in between are visible.
     */
    private static boolean needsHistory(Subscriber subscriber, LiveEvent event) {
        ConversationSubscription subscription =
                event.is(MemberJoined.class) ? subscriber.subscriptions().get(event.aggregate()) : null;
        return subscription != null
                && !subscription.knowsHistory()
                && event.payload(MemberJoined.class).user().equals(subscriber.user());
    }

    /** Applies an event as live delivery does. True if the subscriber gets its entry. */
    private static boolean advance(Subscriber subscriber, LiveEvent event) {
        boolean isNews = !subscriber.membershipsInclude(event);
        if (isNews && event.isAdmission() && event.admitted().contains(subscriber.user())) {
            subscriber.admit(event);
        }
        ConversationSubscription subscription = subscriber.subscriptions().get(event.aggregate());
        if (subscription == null) {
            return false;
        }
        boolean isDelivered = subscription.advance(event);
        if (isNews
                && event.is(MemberLeft.class)
                && event.payload(MemberLeft.class).user().equals(subscriber.user())) {
            subscription.leave(event.position());
        }
        return isDelivered;
    }

    private byte @Nullable [] frame(Subscriber subscriber, LiveEvent event, MessageRevisions revisions) {
        if (event.is(ReadMarkEvent.class)) {
            return readMarkFrame(subscriber, event.payload(ReadMarkEvent.class));
        }
        ConversationSubscription subscription = subscriber.subscriptions().get(event.aggregate());
        RecordedEntry revised = subscription == null ? null : revisions.read(subscription, event);
        if (revised != null) {
            return frames.entry(revised, event);
        }
        boolean wasEncoded = event.frame() != null;
        byte[] frame = frames.sharedEntry(event);
        if (!wasEncoded) {
            buffer.grew(frame.length);
        }
        return frame;
    }

    private byte @Nullable [] readMarkFrame(Subscriber subscriber, ReadMarkEvent event) {
        if (event.user().equals(subscriber.user())) {
            return frames.readMark(event);
        }
        ConversationSubscription subscription =
                subscriber.subscriptions().get(event.conversation().value());
        if (!(event instanceof ReadMarkMoved) || subscription == null || !subscription.isPeerOf(event.user())) {
            return null;
        }
        Boolean isAllowed = receipts.isAllowedIfKnown(event.user(), subscriber.user());
        byte[] frame = isAllowed == null || isAllowed ? frames.readMark(event) : null;
        if (isAllowed == null && frame != null) {
            receipts.runIfAllowed(
                    event.user(), subscriber.user(), () -> subscriber.outbound().offer(frame));
            return null;
        }
        return frame;
    }
}
