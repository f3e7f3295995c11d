package chat.parley.push.fanout;

import java.util.ArrayList;
import java.util.List;

/** The seats of the sessions of this node that are live in one conversation. Guarded by the fan-out. */
final class ConversationSubscribers {
    private final List<ConversationSubscription> seats = new ArrayList<>(2);

    List<ConversationSubscription> seats() {
        return seats;
    }

    void add(ConversationSubscription seat) {
        if (!seats.contains(seat)) {
            seats.add(seat);
        }
    }

    void remove(Subscriber subscriber) {
        seats.removeIf(seat -> seat.subscriber().equals(subscriber));
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }
}
