package chat.parley.push.fanout;

import java.util.ArrayList;
import java.util.List;

/** The subscriptions of the live subscribers of one conversation. Guarded by the lock of the fan-out. */
final class ConversationSubscribers {
    private final List<ConversationSubscription> subscriptions = new ArrayList<>(2);

    List<ConversationSubscription> subscriptions() {
        return subscriptions;
    }

    void add(ConversationSubscription subscription) {
        if (!subscriptions.contains(subscription)) {
            subscriptions.add(subscription);
        }
    }

    void remove(Subscriber subscriber) {
        subscriptions.removeIf(subscription -> subscription.subscriber().equals(subscriber));
    }

    boolean isEmpty() {
        return subscriptions.isEmpty();
    }
}
