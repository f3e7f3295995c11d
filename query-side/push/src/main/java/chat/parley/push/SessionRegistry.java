package chat.parley.push;

import chat.parley.api.DeviceId;
import chat.parley.api.UserId;
import chat.parley.wire.CloseReason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every socket of this node, and who is there by user and device. */
final class SessionRegistry {
    private final int maxSocketsPerUser;
    private final Set<Session> sockets = ConcurrentHashMap.newKeySet();
    private final Map<UserId, Map<DeviceId, Subscriber>> users = new HashMap<>();
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    SessionRegistry(int maxSocketsPerUser) {
        this.maxSocketsPerUser = maxSocketsPerUser;
    }

    /** A socket was opened from this address. */
    void opened(Session session, String address) {
        sockets.add(session);
        waiting.merge(address, 1, Integer::sum);
    }

    /** It has said hello, or is closed without. */
    void waitsNoMore(String address) {
        waiting.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    /** How many sockets of this address have not said hello yet. */
    int waitingFrom(String address) {
        return waiting.getOrDefault(address, 0);
    }

    /**
     * Somebody is there; a session of the same user and device is over.
     *
     * @return false where the user has too many sockets already
     */
    boolean enter(Subscriber subscriber) {
        Subscriber replaced;
        synchronized (users) {
            Map<DeviceId, Subscriber> devices = users.computeIfAbsent(subscriber.user(), _ -> new HashMap<>(2));
            if (devices.size() >= maxSocketsPerUser && !devices.containsKey(subscriber.device())) {
                return false;
            }
            replaced = devices.put(subscriber.device(), subscriber);
        }
        if (replaced != null) {
            replaced.end(CloseReason.REPLACED);
        }
        return true;
    }

    void leave(Subscriber subscriber) {
        synchronized (users) {
            users.computeIfPresent(subscriber.user(), (_, devices) -> {
                devices.remove(subscriber.device(), subscriber);
                return devices.isEmpty() ? null : devices;
            });
        }
    }

    void closed(Session session) {
        sockets.remove(session);
    }

    /** The user's sessions on this node, live or about to be. */
    Collection<Subscriber> of(UserId user) {
        synchronized (users) {
            return List.copyOf(users.getOrDefault(user, Map.of()).values());
        }
    }

    Collection<Session> sockets() {
        return sockets;
    }
}
