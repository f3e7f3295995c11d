package chat.parley.push.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.push.session.PushTier;
import chat.parley.push.session.SocketSession;
import chat.parley.wire.CloseReason;
import chat.parley.wire.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Objects;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of Jetty's sockets, below the level that keeps the request it began with. It is read frame by frame on demand, and
 * written with one buffer shared by all who get the same frame and a callback instead of a wait.
 */
final class JettySocket implements FrameHandler, Transport {
    private static final Logger log = LoggerFactory.getLogger(JettySocket.class);

    /** What a decoder puts in place of bytes that are no UTF-8, and what some people really write. */
    private static final char REPLACEMENT = '\uFFFD';

    /** What is still read of a text that is too large: a client that is only somewhat over it is told so. */
    private static final int MAX_DISCARDED_BYTES = FrameCodec.MAX_FRAME_BYTES;

    private final PushTier tier;
    private final String address;
    private @Nullable CoreSession core;
    private @Nullable WebSocketConnection connection;
    private @Nullable SocketSession session;

    /** Of a text in several frames, what has come so far. */
    private @Nullable ByteArrayOutputStream fragments;

    private boolean isBinary;
    private boolean overflown;
    private int discardedBytes;
    private boolean rejected;

    JettySocket(PushTier tier, String address) {
        this.tier = tier;
        this.address = address;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        core = opened;
        connection = ((WebSocketCoreSession) opened).getConnection();
        session = new SocketSession(tier, this, address);
        callback.succeeded();
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.BINARY -> {
                isBinary = frame.getOpCode() == OpCode.BINARY;
                onData(frame, callback);
            }
            case OpCode.CONTINUATION -> onData(frame, callback);
            case OpCode.PING -> pong(frame, callback);
            case OpCode.CLOSE -> {
                session().closed();
                callback.succeeded();
            }
            default -> {
                callback.succeeded();
                demand();
            }
        }
    }

    private void onData(Frame frame, Callback callback) {
        byte[] payload = isBinary ? new byte[0] : BufferUtil.toArray(frame.getPayload());
        boolean last = frame.isFin();
        if (overflown) {
            callback.succeeded();
            discard(payload.length, last);
        } else if (isBinary) {
            callback.succeeded();
            onBinary(last);
        } else if (fragmentBytes() + payload.length > FrameCodec.MAX_FRAME_BYTES) {
            overflown = true;
            fragments = null;
            callback.succeeded();
            discard(payload.length, last);
        } else if (last) {
            onText(whole(payload), callback);
        } else {
            keep(payload);
            session().heard();
            callback.succeeded();
            demand();
        }
    }

    /** A connection that is closed on what its client is still sending is reset, and the reason never arrives. */
    private void discard(int bytes, boolean last) {
        if (rejected) {
            return;
        }
        discardedBytes += bytes;
        if (last || discardedBytes > MAX_DISCARDED_BYTES) {
            rejected = true;
            session().receivedTooMuch();
        } else {
            demand();
        }
    }

    private void onBinary(boolean last) {
        if (last) {
            session().receivedBinary();
        } else {
            demand();
        }
    }

    private void onText(byte[] utf8, Callback callback) {
        String text = new String(utf8, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(utf8)) {
            callback.failed(new BadPayloadException("not UTF-8"));
        } else {
            callback.succeeded();
            session().received(text);
        }
    }

    private int fragmentBytes() {
        return fragments == null ? 0 : fragments.size();
    }

    private void keep(byte[] fragment) {
        if (fragments == null) {
            fragments = new ByteArrayOutputStream(2 * fragment.length);
        }
        fragments.writeBytes(fragment);
    }

    private byte[] whole(byte[] last) {
        ByteArrayOutputStream before = fragments;
        if (before == null) {
            return last;
        }
        fragments = null;
        before.writeBytes(last);
        return before.toByteArray();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            var _ = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** The next frame comes after the answer has left, so a flood of pings does not pile up. */
    private void pong(Frame ping, Callback callback) {
        Frame pong = new Frame(OpCode.PONG, ping.getPayload());
        core().sendFrame(new OutgoingEntry.Builder(pong, Callback.from(() -> {
                    callback.succeeded();
                    demand();
                }))
                .build());
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        log.debug("A socket failed", cause);
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        callback.succeeded();
        SocketSession present = session;
        if (present != null) {
            present.closed();
        }
    }

    /**
     * Straight into the queue of the connection, where also what the session sends itself is lined up: a whole text of a
     * server, which is in no need of fragments and extensions, would only pass through the session.
     */
    @Override
    public void send(ByteBuffer utf8, boolean more, Runnable done) {
        Objects.requireNonNull(connection)
                .enqueueFrame(new OutgoingEntry.Builder(new Frame(OpCode.TEXT, utf8), Callback.from(done))
                        .batch(more)
                        .build());
    }

    @Override
    public void demand() {
        CoreSession present = core();
        if (present.isInputOpen()) {
            present.demand();
        }
    }

    @Override
    public void close(CloseReason reason) {
        core().close(reason.code(), reason.text(), Callback.NOOP);
    }

    @Override
    public void abort() {
        core().abort();
    }

    private CoreSession core() {
        return Objects.requireNonNull(core);
    }

    private SocketSession session() {
        return Objects.requireNonNull(session);
    }
}
