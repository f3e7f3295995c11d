package chat.parley.push;

import chat.parley.api.account.DeviceId;
import chat.parley.push.socket.SocketEndpoint;
import chat.parley.testing.FrameSocket;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of the public protocol. */
final class TestSocket extends FrameSocket<ServerFrame> {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final FrameCodec CODEC = new FrameCodec();
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TestSocket(int port, boolean reads) {
        super(
                HTTP.newWebSocketBuilder().subprotocols(SocketEndpoint.SUBPROTOCOL),
                "ws://localhost:" + port + "/ws",
                PATIENCE,
                CODEC::decodeServerFrame,
                reads);
    }

    @Override
    protected String describe(ServerFrame frame) {
        return frame.getClass().getSimpleName();
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
        sendText(CODEC.encode(frame));
    }

    /** Sends, if the socket still takes it. */
    void offer(ClientFrame frame) {
        offerText(CODEC.encode(frame));
    }

    /** The next frame of this type; others before it are passed over. */
    <T extends ServerFrame> T next(Class<T> type) {
        return type.cast(next(type::isInstance, type.getSimpleName(), _ -> {}));
    }

    /** Every frame up to the next of this type, which is the last of them. */
    List<ServerFrame> through(Class<? extends ServerFrame> type) {
        List<ServerFrame> passed = new ArrayList<>();
        do {
            passed.add(next(ServerFrame.class));
        } while (!type.isInstance(passed.getLast()));
        return passed;
    }
}
