package chat.parley.push.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.wire.CloseReason;
import chat.parley.wire.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
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
 * One WebSocket of Jetty's core API, which does not keep the HTTP request in memory. It is read frame by frame on
 * demand. Frames are written from a buffer that all their receivers share, and a callback reports the end of a write.
 */
final class JettySocket implements FrameHandler, Transport {
    private static final Logger log = LoggerFactory.getLogger(JettySocket.class);

    /** The decoder puts this character in place of bytes that are not UTF-8; a correct text may contain it, too. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Maximum bytes of an oversized text that are read and discarded, so that the client gets the error. */
    private static final int MAX_DISCARDED_BYTES = FrameCodec.MAX_FRAME_BYTES;

    private final SocketHandler.Factory handlers;
    private final String address;
    private @Nullable CoreSession core;
    private @Nullable WebSocketConnection connection;
    private @Nullable SocketHandler handler;

    /** The frames so far of a text that comes in several. */
    private @Nullable ByteArrayOutputStream fragments;

    private boolean isBinary;
    private boolean overflown;
    private int discardedBytes;
    private boolean rejected;
    private volatile @Nullable Ping ping;

    /** A ping that is not answered yet. */
    private record Ping(Runnable answered, long number) {
        private static final AtomicLong numbers = new AtomicLong();

        Ping(Runnable answered) {
            this(answered, numbers.incrementAndGet());
        }

        ByteBuffer payload() {
            return ByteBuffer.allocate(Long.BYTES).putLong(number).flip();
        }
    }

    JettySocket(SocketHandler.Factory handlers, String address) {
        this.handlers = handlers;
        this.address = address;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        core = opened;
        connection = ((WebSocketCoreSession) opened).getConnection();
        handler = handlers.opened(this, address);
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
            case OpCode.PONG -> {
                pongReceived(frame);
                callback.succeeded();
                demand();
            }
            case OpCode.CLOSE -> {
                handler().closed();
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
            handler().bytesReceived();
            callback.succeeded();
            demand();
        }
    }

    /** Reads on, because closing a connection while its client is sending resets it, and the reason would be lost. */
    private void discard(int bytes, boolean last) {
        if (rejected) {
            return;
        }
        discardedBytes += bytes;
        if (last || discardedBytes > MAX_DISCARDED_BYTES) {
            rejected = true;
            handler().oversizedTextReceived();
        } else {
            demand();
        }
    }

    private void onBinary(boolean last) {
        if (last) {
            handler().binaryReceived();
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
            handler().textReceived(text);
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

    /** The next frame is read after the pong is written, so that a flood of pings does not fill the queue. */
    private void pong(Frame ping, Callback callback) {
        Frame pong = new Frame(OpCode.PONG, ping.getPayload());
        core().sendFrame(new OutgoingEntry.Builder(pong, Callback.from(() -> {
                    callback.succeeded();
                    demand();
                }))
                .build());
    }

    @Override
    public void ping(Runnable answered) {
        Ping sent = new Ping(answered);
        ping = sent;
        Objects.requireNonNull(connection)
                .enqueueFrame(new OutgoingEntry.Builder(new Frame(OpCode.PING, sent.payload()), Callback.NOOP).build());
    }

    /** A client may send pongs that nobody has asked for. */
    private void pongReceived(Frame pong) {
        Ping sent = ping;
        if (sent != null && sent.payload().equals(pong.getPayload())) {
            ping = null;
            sent.answered().run();
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        log.debug("A socket failed", cause);
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        callback.succeeded();
        SocketHandler present = handler;
        if (present != null) {
            present.closed();
        }
    }

    /**
     * Enqueues the frame at the connection, past the Jetty session. The session only fragments and extends frames, which
     * an unfragmented text of a server without extensions does not need; it uses the same queue.
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

    private SocketHandler handler() {
        return Objects.requireNonNull(handler);
    }
}
