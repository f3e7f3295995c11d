package chat.parley.push;

import chat.parley.api.account.DeviceId;
import chat.parley.push.socket.SocketEndpoint;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of the public protocol. */
final class TestSocket implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final FrameCodec CODEC = new FrameCodec();
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final boolean reads;
    private final WebSocket socket;

    private TestSocket(int port, boolean reads) {
        this.reads = reads;
        this.socket = HTTP.newWebSocketBuilder()
                .subprotocols(SocketEndpoint.SUBPROTOCOL)
                .buildAsync(URI.create("ws://localhost:" + port + "/ws"), this)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    static TestSocket open(int port) {
        return new TestSocket(port, true);
    }

    /** Reads no more than its first frame by itself. */
    static TestSocket openUnread(int port) {
        return new TestSocket(port, false);
    }

    /** Opens, says hello and waits until it is live. */
    static TestSocket live(int port, String user, String device) {
        TestSocket socket = open(port);
        socket.hello(user, device, null);
        socket.next(ServerFrame.CaughtUp.class);
        return socket;
    }

    void hello(String user, String device, @Nullable String cursor) {
        send(new ClientFrame.Hello(
                "hi", user + ":" + device + ":" + user + "-" + device + ":600", new DeviceId(device), cursor, null));
    }

    void send(ClientFrame frame) {
        send(CODEC.encode(frame));
    }

    void send(String frame) {
        socket.sendText(frame, true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Sends, if the socket still takes it. */
    void offer(ClientFrame frame) {
        offer(CODEC.encode(frame));
    }

    void offer(String frame) {
        var _ = socket.sendText(frame, true).exceptionally(_ -> socket).join();
    }

    void sendBinary() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    /** The next frame of this type; others before it are passed over. */
    <T extends ServerFrame> T next(Class<T> type) {
        try {
            while (true) {
                ServerFrame frame = frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError("no " + type.getSimpleName() + " came");
                }
                if (type.isInstance(frame)) {
                    return type.cast(frame);
                }
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Every frame up to the next of this type, which is the last of them. */
    List<ServerFrame> through(Class<? extends ServerFrame> type) {
        List<ServerFrame> passed = new ArrayList<>();
        do {
            passed.add(next(ServerFrame.class));
        } while (!type.isInstance(passed.getLast()));
        return passed;
    }

    int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            CODEC.decodeServerFrame(text.toString()).ifPresent(frames::add);
            text.setLength(0);
        }
        if (reads || !last) {
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
