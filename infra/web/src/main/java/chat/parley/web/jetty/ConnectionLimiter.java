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
 * How many connections there may be, in all and of one address; those over it are closed before a byte of theirs is read.
 * A trusted proxy has the connections of many, and counts only among all.
 */
final class ConnectionLimiter implements SelectorManager.AcceptListener {
    /** Of a trusted proxy, and of a peer that is gone already. */
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

    /** Also what was closed above comes by here. */
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
