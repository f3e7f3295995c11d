package chat.parley.push.session;

import chat.parley.wire.CloseReason;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open sockets of this node, and by address those that have not sent {@code hello} yet.
 *
 * <p>Threading: may be used by any thread.
 */
public final class SocketRegistry {
    private final int maxAwaitingHelloPerAddress;
    private final Set<SocketSession> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<SocketSession>> awaitingHello = new HashMap<>();

    public SocketRegistry(int maxAwaitingHelloPerAddress) {
        this.maxAwaitingHelloPerAddress = maxAwaitingHelloPerAddress;
    }

    /**
     * Adds a socket. If too many sockets of one address await their {@code hello}, the oldest of them is closed. So a
     * client that sends {@code hello} at once can always connect, however many silent sockets its address has.
     */
    void opened(SocketSession session, String address) {
        sockets.add(session);
        SocketSession oldest = null;
        synchronized (awaitingHello) {
            Set<SocketSession> ofAddress = awaitingHello.computeIfAbsent(address, _ -> new LinkedHashSet<>(2));
            if (ofAddress.size() >= maxAwaitingHelloPerAddress) {
                oldest = ofAddress.iterator().next();
                ofAddress.remove(oldest);
            }
            ofAddress.add(session);
        }
        if (oldest != null) {
            oldest.end(CloseReason.HELLO_TIMEOUT);
        }
    }

    /**
     * The socket no longer awaits its {@code hello}: the frame has come, or the socket is closed. May be called again.
     */
    void helloReceived(SocketSession session, String address) {
        synchronized (awaitingHello) {
            awaitingHello.computeIfPresent(address, (_, ofAddress) -> {
                ofAddress.remove(session);
                return ofAddress.isEmpty() ? null : ofAddress;
            });
        }
    }

    void closed(SocketSession session) {
        sockets.remove(session);
    }

    public Collection<SocketSession> sockets() {
        return sockets;
    }
}
