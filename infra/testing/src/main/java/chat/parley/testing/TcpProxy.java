package chat.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP proxy on this machine, whose connections a test can cut. Its own port stays. */
public final class TcpProxy implements AutoCloseable {
    /** A port at which nothing listens. */
    public static final int NOWHERE = 1;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int target;

    /** Forwards to this port of this machine. */
    public TcpProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** New connections go to this port. */
    public void retarget(int port) {
        target = port;
    }

    /** Resets every connection; both sides see an error. */
    public void cut() {
        open.forEach(TcpProxy::reset);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                threads.execute(() -> forward(client));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void forward(Socket client) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(client);
            open.add(server);
            threads.execute(() -> copy(server, client));
            copy(client, server);
        } catch (IOException unreachable) {
            reset(client);
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            reset(to);
        } finally {
            reset(from);
            reset(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closed) {
            // It is closed already, as intended.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        threads.close();
    }
}
