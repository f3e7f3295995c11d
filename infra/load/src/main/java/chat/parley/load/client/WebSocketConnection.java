package chat.parley.load.client;

import chat.parley.load.protocol.CachingFrameDecoder;
import chat.parley.load.protocol.ReceivedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One WebSocket of one client, from handshake to close. Confined to its event loop. */
final class WebSocketConnection extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int NO_CODE = 0;

    /** A thread reads one frame at a time, so its connections share one buffer. */
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final ChatClient client;
    private final String token;
    private final Runnable welcomed;
    private @Nullable Channel channel;
    private boolean awaitsWelcome = true;
    private boolean cut;
    private int closeCode = NO_CODE;
    private String closeReason = "lost";

    /** @param welcomed run once: on the welcome frame, or when the connection is over before it */
    WebSocketConnection(ChatClient client, String token, Runnable welcomed) {
        this.client = client;
        this.token = token;
        this.welcomed = welcomed;
    }

    private static final class Scratch {
        private static final int FIRST_BYTES = 4096;
        private final CachingFrameDecoder frames = new CachingFrameDecoder();
        private byte[] bytes = new byte[FIRST_BYTES];

        ReceivedFrame read(ByteBuf content) {
            int length = content.readableBytes();
            if (length > bytes.length) {
                bytes = new byte[Math.max(length, 2 * bytes.length)];
            }
            content.getBytes(content.readerIndex(), bytes, 0, length);
            return frames.read(bytes, length);
        }
    }

    String token() {
        return token;
    }

    /** 0 if the connection ended without a close frame. */
    int closeCode() {
        return closeCode;
    }

    String closeReason() {
        return closeCode == NO_CODE ? closeReason : Integer.toString(closeCode);
    }

    /** Whether this client cut the connection on purpose. */
    boolean wasCut() {
        return cut;
    }

    void welcomeReceived() {
        if (awaitsWelcome) {
            awaitsWelcome = false;
            welcomed.run();
        }
    }

    void write(byte[] frame) {
        if (channel != null) {
            ChannelFuture ignored =
                    channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(frame)), channel.voidPromise());
        }
    }

    /** @param reason as reported */
    void close(String reason) {
        closeReason = reason;
        if (channel != null) {
            ChannelFuture ignored = channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    void cut(DisconnectMode how) {
        Channel current = channel;
        if (current == null || !current.isActive()) {
            return;
        }
        cut = true;
        closeReason = how.closeReason();
        switch (how) {
            case POLITE -> close(closeReason);
            case RESET -> {
                // With linger 0 the close is a TCP reset, and data in flight is lost.
                current.config().setOption(ChannelOption.SO_LINGER, 0);
                ChannelFuture ignored = current.close();
            }
            case MID_FRAME -> {
                ChannelFuture ignored = current.pipeline()
                        .context(WebSocketFrameEncoder.class)
                        .writeAndFlush(halfAFrame())
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    /** The header of a masked text frame of 120 bytes, and the first of these bytes. */
    private static ByteBuf halfAFrame() {
        byte[] half = "{\"type\":\"message.send\",\"ref\":\"cut".getBytes(StandardCharsets.UTF_8);
        return Unpooled.buffer()
                .writeByte(0x81)
                .writeByte(0x80 | 120)
                .writeInt(0)
                .writeBytes(half);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            client.opened(this);
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> {
                try {
                    client.received(this, SCRATCH.get().read(text.content()));
                } catch (JacksonException | IllegalArgumentException e) {
                    client.unreadableFrame(this);
                }
            }
            case CloseWebSocketFrame close -> {
                closeCode = close.statusCode();
                ChannelFuture ignored = context.close();
            }
            default -> client.unreadableFrame(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        over();
    }

    /** A broken connection is expected here: it is closed, and the close is counted. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (closeReason.equals("lost")) {
            closeReason = cause.getClass().getSimpleName();
        }
        ChannelFuture ignored = context.close();
    }

    /** Also called if the connection could not be opened. */
    void over() {
        welcomeReceived();
        client.closed(this);
    }
}
