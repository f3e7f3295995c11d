package chat.parley.push.session;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.push.fanout.Subscriber;
import chat.parley.wire.CloseReason;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Every socket of this node, and who is there by user and device. */
public final class SocketSessionRegistry {
    private final int maxSocketsPerUser;
    private final int maxSilentPerAddress;
    private final Set<SocketSession> sockets = ConcurrentHashMap.newKeySet();
    private final Map<UserId, Map<DeviceId, Entered>> users = new HashMap<>();
    private final Map<String, Set<SocketSession>> silent = new HashMap<>();

    public SocketSessionRegistry(int maxSocketsPerUser, int maxSilentPerAddress) {
        this.maxSocketsPerUser = maxSocketsPerUser;
        this.maxSilentPerAddress = maxSilentPerAddress;
    }

    private record Entered(Subscriber subscriber, Supplier<Instant> lastActive) {}

    /**
     * A socket was opened from this address. Of too many that have not said who they are, the one opened first gives way:
     * whoever says hello at once always gets in, however many sockets somebody else behind the same address leaves open.
     */
    void opened(SocketSession session, String address) {
        sockets.add(session);
        SocketSession givesWay = null;
        synchronized (silent) {
            Set<SocketSession> ofAddress = silent.computeIfAbsent(address, _ -> new LinkedHashSet<>(2));
            if (ofAddress.size() >= maxSilentPerAddress) {
                givesWay = ofAddress.iterator().next();
                ofAddress.remove(givesWay);
            }
            ofAddress.add(session);
        }
        if (givesWay != null) {
            givesWay.end(CloseReason.HELLO_TIMEOUT);
        }
    }

    /** It has said hello, or is closed without. */
    void silentNoMore(SocketSession session, String address) {
        synchronized (silent) {
            silent.computeIfPresent(address, (_, ofAddress) -> {
                ofAddress.remove(session);
                return ofAddress.isEmpty() ? null : ofAddress;
            });
        }
    }

    /**
     * Somebody is there; a session of the same user and device is over, and where the user has too many sockets already,
     * the one in which they did nothing for the longest time.
     */
    public void enter(Subscriber subscriber, Supplier<Instant> lastActive) {
        Entered replaced;
        synchronized (users) {
            Map<DeviceId, Entered> devices = users.computeIfAbsent(subscriber.user(), _ -> new HashMap<>(2));
            replaced = devices.remove(subscriber.device());
            if (replaced == null && devices.size() >= maxSocketsPerUser) {
                replaced = Collections.min(
                        devices.values(),
                        Comparator.comparing(entered -> entered.lastActive().get()));
                devices.remove(replaced.subscriber().device());
            }
            devices.put(subscriber.device(), new Entered(subscriber, lastActive));
        }
        if (replaced != null) {
            replaced.subscriber().end(CloseReason.REPLACED);
        }
    }

    void leave(Subscriber subscriber) {
        synchronized (users) {
            users.computeIfPresent(subscriber.user(), (_, devices) -> {
                devices.computeIfPresent(
                        subscriber.device(), (_, entered) -> entered.subscriber() == subscriber ? null : entered);
                return devices.isEmpty() ? null : devices;
            });
        }
    }

    void closed(SocketSession session) {
        sockets.remove(session);
    }

    /** The user's sessions on this node, live or about to be. */
    public Collection<Subscriber> of(UserId user) {
        synchronized (users) {
            return users.getOrDefault(user, Map.of()).values().stream()
                    .map(Entered::subscriber)
                    .toList();
        }
    }

    public Collection<SocketSession> sockets() {
        return sockets;
    }
}
