package chat.parley.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP proxy with a port that stays, whose connections a test can cut. */
final class ConnectionCutter implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int target;

    /** Forwards to this port of this machine. */
    ConnectionCutter(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** New connections go to this port. */
    void retarget(int port) {
        target = port;
    }

    /** Resets every connection; both sides see an error. */
    void cut() {
        open.forEach(ConnectionCutter::reset);
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
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
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
