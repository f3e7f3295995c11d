package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.push.event.LiveEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of this node by user, and the live ones by conversation. A change is applied in the order of the
 * events. Guarded by the lock of the fan-out.
 */
final class SubscriptionIndex {
    private final Map<UserId, List<Subscriber>> users = new HashMap<>();
    private final Map<String, ConversationSubscribers> conversations = new HashMap<>();

    void add(Subscriber subscriber) {
        users.computeIfAbsent(subscriber.user(), _ -> new ArrayList<>(1)).add(subscriber);
    }

    void remove(Subscriber subscriber) {
        users.computeIfPresent(subscriber.user(), (_, subscribers) -> {
            subscribers.remove(subscriber);
            return subscribers.isEmpty() ? null : subscribers;
        });
        subscriber.subscriptions().keySet().forEach(conversation -> unsubscribe(conversation, subscriber));
    }

    /** The user's subscribers, live or catching up. */
    List<Subscriber> of(UserId user) {
        return users.getOrDefault(user, List.of());
    }

    boolean has(UserId user) {
        return users.containsKey(user);
    }

    /** Null if no live subscriber of this node is in the conversation. */
    @Nullable
    ConversationSubscribers in(String conversation) {
        return conversations.get(conversation);
    }

    /** Subscribes a live subscriber to all conversations of which its user is a member. */
    void subscribeToAll(Subscriber subscriber) {
        subscriber.subscriptions().forEach((conversation, subscription) -> {
            if (subscription.isOpen()) {
                subscribe(conversation, subscription);
            }
        });
    }

    /** Subscribes the live subscribers of the users whom this event admits. */
    void admit(LiveEvent event) {
        for (UserId user : event.admitted()) {
            for (Subscriber subscriber : of(user)) {
                if (subscriber.isLive()) {
                    subscribe(event.aggregate(), subscriber.admit(event));
                }
            }
        }
    }

    /** Ends the subscriptions of the user who left by this event. They still get the event itself. */
    void dismiss(UserId user, LiveEvent event, ConversationSubscribers subscribers) {
        for (ConversationSubscription subscription : List.copyOf(subscribers.subscriptions())) {
            if (subscription.subscriber().user().equals(user)) {
                subscription.leave(event.position());
                unsubscribe(event.aggregate(), subscription.subscriber());
            }
        }
    }

    private void subscribe(String conversation, ConversationSubscription subscription) {
        conversations
                .computeIfAbsent(conversation, _ -> new ConversationSubscribers())
                .add(subscription);
    }

    private void unsubscribe(String conversation, Subscriber subscriber) {
        conversations.computeIfPresent(conversation, (_, subscribers) -> {
            subscribers.remove(subscriber);
            return subscribers.isEmpty() ? null : subscribers;
        });
    }
}
