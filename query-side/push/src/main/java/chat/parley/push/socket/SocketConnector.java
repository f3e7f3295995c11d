package chat.parley.push.socket;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connector that reads sockets on the selector thread. A {@link SocketHandler} never blocks, and waking another
 * thread for each frame takes longer than handling most frames. HTTP requests, and sockets within Jetty's own TLS, are
 * read by virtual threads as usual. The selector threads are platform threads, because a virtual thread that selects
 * would be woken needlessly by a second selector.
 */
public final class SocketConnector extends ServerConnector {
    private SocketConnector(Server server, ServerConnector model) {
        super(
                server,
                selecting(),
                null,
                null,
                model.getAcceptors(),
                model.getSelectorManager().getSelectorCount(),
                model.getConnectionFactories().toArray(ConnectionFactory[]::new));
        setHost(model.getHost());
        setPort(model.getPort());
        setIdleTimeout(model.getIdleTimeout());
        setAcceptQueueSize(model.getAcceptQueueSize());
        // These are the listeners that count connections.
        model.getBeans(SelectorManager.SelectorManagerListener.class).forEach(this::addBean);
    }

    private static QueuedThreadPool selecting() {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("parley-selector");
        threads.setReservedThreads(0);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("parley-request-"));
        return threads;
    }

    /** Replaces each plain connector of the server. */
    public static void install(Server server) {
        Connector[] connectors = server.getConnectors();
        for (int i = 0; i < connectors.length; i++) {
            if (connectors[i].getClass() == ServerConnector.class) {
                connectors[i] = new SocketConnector(server, (ServerConnector) connectors[i]);
            }
        }
        server.setConnectors(connectors);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new Selected(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    private static final class Selected extends SocketChannelEndPoint {
        Selected(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public @Nullable Runnable onSelected() {
            Runnable task = super.onSelected();
            return task != null && getConnection() instanceof WebSocketConnection
                    ? Invocable.from(Invocable.InvocationType.NON_BLOCKING, task)
                    : task;
        }
    }
}
