package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEvent;

/** Delivers an event to the live subscribers, from one encoded frame. Guarded by the lock of the fan-out. */
final class LiveDelivery {
    private final SubscriptionIndex subscriptions;
    private final OutboundBatch batch;
    private final FrameEncoder frames;
    private final ReadReceipts receipts;
    private final PushMetrics metrics;

    LiveDelivery(
            SubscriptionIndex subscriptions,
            OutboundBatch batch,
            FrameEncoder frames,
            ReadReceipts receipts,
            PushMetrics metrics) {
        this.subscriptions = subscriptions;
        this.batch = batch;
        this.frames = frames;
        this.receipts = receipts;
        this.metrics = metrics;
    }

    /** Delivers an entry to the subscribers that may see it, and applies its changes of memberships. */
    void deliverEntry(LiveEvent event) {
        if (event.isAdmission()) {
            subscriptions.admit(event);
        }
        ConversationSubscribers subscribers = subscriptions.in(event.aggregate());
        if (subscribers == null) {
            return;
        }
        byte[] frame = frames.sharedEntry(event);
        int deliveries = 0;
        for (ConversationSubscription subscription : subscribers.subscriptions()) {
            if (subscription.advance(event)) {
                batch.hold(subscription.subscriber().outbound(), frame);
                deliveries++;
            }
        }
        metrics.delivered(deliveries, event.payload(ConversationEvent.class).at());
        if (event.is(MemberLeft.class)) {
            subscriptions.dismiss(event.payload(MemberLeft.class).user(), event, subscribers);
        }
    }

    /** Delivers a read mark or preferences to the user's other devices, and a read mark also to the other user. */
    void deliverReadMark(LiveEvent event) {
        // The aggregate is "conversation:user". Most concern no user of this node and are not decoded.
        String aggregate = event.aggregate();
        int colon = aggregate.indexOf(':');
        ConversationSubscribers subscribers = colon < 0 ? null : subscriptions.in(aggregate.substring(0, colon));
        boolean isOfUserHere = colon < 0 || subscriptions.has(new UserId(aggregate.substring(colon + 1)));
        if (subscribers == null && !isOfUserHere) {
            return;
        }
        ReadMarkEvent payload = event.payload(ReadMarkEvent.class);
        byte[] frame = frames.readMark(payload);
        // The next read mark replaces a lost one; preferences are sent once.
        boolean isDroppable = payload instanceof ReadMarkMoved;
        for (Subscriber own : subscriptions.of(payload.user())) {
            if (own.isLive() && isDroppable) {
                own.outbound().offer(frame);
            } else if (own.isLive()) {
                batch.hold(own.outbound(), frame);
            }
        }
        if (subscribers != null && isDroppable) {
            for (ConversationSubscription subscription : subscribers.subscriptions()) {
                if (subscription.isPeerOf(payload.user())) {
                    Subscriber peer = subscription.subscriber();
                    receipts.runIfAllowed(
                            payload.user(), peer.user(), () -> peer.outbound().offer(frame));
                }
            }
        }
    }
}
