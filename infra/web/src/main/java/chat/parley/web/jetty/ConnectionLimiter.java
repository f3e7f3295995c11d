package chat.parley.web.jetty;

import chat.parley.web.address.ClientAddress;
import chat.parley.web.limit.ConnectionLimits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of connections, in total and by address. A connection over a limit is closed before any of its
 * bytes are read. A connection of a trusted proxy counts only in total, because it serves many clients.
 */
final class ConnectionLimiter implements SelectorManager.AcceptListener {
    /** The key of a trusted proxy and of a peer that has disconnected. */
    private static final String NOBODY = "";

    private final int maxInAll;
    private final int maxOfAddress;
    private final Predicate<InetAddress> exempt;
    private final Counter refused;
    private final Map<SelectableChannel, String> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> ofAddress = new ConcurrentHashMap<>();

    public ConnectionLimiter(ConnectionLimits limits, Predicate<InetAddress> exempt, MeterRegistry meters) {
        this.maxInAll = limits.max();
        this.maxOfAddress = limits.maxPerAddress();
        this.exempt = exempt;
        this.refused = meters.counter("parley.connections.refused");
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        String address = address(channel);
        open.put(channel, address);
        int mine = address.equals(NOBODY) ? 0 : ofAddress.merge(address, 1, Integer::sum);
        if (mine > maxOfAddress || open.size() > maxInAll) {
            refused.increment();
            IO.close(channel);
        }
    }

    /** Also called for connections that were closed above. */
    @Override
    public void onAcceptFailed(SelectableChannel channel, @Nullable Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        String address = open.remove(channel);
        if (address != null && !address.equals(NOBODY)) {
            ofAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private String address(SelectableChannel channel) {
        try {
            return channel instanceof SocketChannel socket
                            && socket.getRemoteAddress() instanceof InetSocketAddress remote
                            && !exempt.test(remote.getAddress())
                    ? ClientAddress.canonical(remote.getAddress())
                    : NOBODY;
        } catch (IOException gone) {
            return NOBODY;
        }
    }
}
