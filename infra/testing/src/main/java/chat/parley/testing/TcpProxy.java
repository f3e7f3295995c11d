package chat.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A TCP proxy on this machine, whose connections a test can cut, slow down or stall. Its own port stays. */
public final class TcpProxy implements AutoCloseable {
    /** A port at which nothing listens. */
    public static final int NOWHERE = 1;

    private static final int BUFFER = 16_384;
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Supplier<List<Integer>> targets;
    private volatile Duration delay = Duration.ZERO;
    private final LongAdder answered = new LongAdder();
    private volatile boolean requestsStall;
    private volatile boolean answersStall;

    /** Forwards to this port of this machine. */
    public TcpProxy(int target) {
        this(() -> List.of(target));
    }

    /** @param targets asked for each connection, which goes to the first of these ports of this machine that takes it */
    public TcpProxy(Supplier<List<Integer>> targets) {
        this.targets = targets;
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
        targets = () -> List.of(port);
    }

    /** The bytes that clients have been sent. */
    public long answered() {
        return answered.sum();
    }

    /** Resets every connection; both sides see an error. */
    public void cut() {
        open.forEach(TcpProxy::reset);
    }

    /** Resets one of so many connections. */
    public void cutEach(int nth) {
        int counted = 0;
        // Each connection has two sockets here.
        for (Socket socket : open) {
            if (counted++ % (2 * nth) == 0) {
                reset(socket);
            }
        }
    }

    /** What is received from now on is passed on so much later. */
    public void delay(Duration by) {
        delay = by;
    }

    /** Nothing of the clients reaches the target, until this is called with false. */
    public void stallRequests(boolean stalled) {
        requestsStall = stalled;
    }

    /** Nothing of the target reaches the clients, until this is called with false. */
    public void stallAnswers(boolean stalled) {
        answersStall = stalled;
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
        try (Socket server = connected()) {
            open.add(client);
            open.add(server);
            threads.execute(() -> copy(server, client, false));
            copy(client, server, true);
        } catch (IOException unreachable) {
            reset(client);
        }
    }

    private Socket connected() throws IOException {
        IOException unreachable = new IOException("No target");
        for (int port : targets.get()) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                unreachable = e;
            }
        }
        throw unreachable;
    }

    private void copy(Socket from, Socket to, boolean requests) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                LockSupport.parkNanos(delay.toNanos());
                while ((requests ? requestsStall : answersStall) && !to.isClosed()) {
                    LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                }
                out.write(buffer, 0, read);
                if (!requests) {
                    answered.add(read);
                }
            }
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
