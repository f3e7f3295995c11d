package chat.parley.push;

import java.util.ArrayList;
import java.util.List;

/** The sessions of this node that are live in one conversation. Guarded by the fan-out. */
final class Room {
    private final List<Subscriber> subscribers = new ArrayList<>(2);

    List<Subscriber> subscribers() {
        return subscribers;
    }

    void add(Subscriber subscriber) {
        if (!subscribers.contains(subscriber)) {
            subscribers.add(subscriber);
        }
    }

    void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    boolean isEmpty() {
        return subscribers.isEmpty();
    }
}
