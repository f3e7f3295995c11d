package chat.parley.load.client;

import chat.parley.load.metrics.ClientMetrics;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** The event loops of all sockets, a bound on concurrent handshakes, and threads for blocking work. */
public final class ClientNetwork implements AutoCloseable {
    public static final String SUBPROTOCOL = "parley.v1.json";

    /** More than the largest frame of the protocol, 1.5 MB. */
    private static final int MAX_FRAME_BYTES = 2 << 20;

    /** Bounds the handshakes after a restart of the server, when 15,000 clients reconnect at once. */
    private static final int MAX_HANDSHAKES = 128;

    private static final int CONNECT_TIMEOUT_MS = 10_000;
    private static final int HTTP_HEAD_BYTES = 65_536;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final MultiThreadIoEventLoopGroup loops;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore handshakes = new Semaphore(MAX_HANDSHAKES);
    private final Duration patience;
    private final ClientMetrics metrics;

    public ClientNetwork(int threads, Duration patience, ClientMetrics metrics) {
        loops = new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
        this.patience = patience;
        this.metrics = metrics;
    }

    public EventLoop nextLoop() {
        return loops.next();
    }

    ClientMetrics metrics() {
        return metrics;
    }

    Duration patience() {
        return patience;
    }

    void inBackground(Runnable task) {
        background.execute(task);
    }

    /** Runs a task in the background once a handshake is permitted; it has to call {@link #releaseConnectPermit()}. */
    void withConnectPermit(Runnable task) {
        background.execute(() -> {
            handshakes.acquireUninterruptibly();
            task.run();
        });
    }

    void releaseConnectPermit() {
        handshakes.release();
    }

    /** Opens a connection; it is told when it is open and when it is over, even if it never opened. */
    void connect(EventLoop loop, URI url, WebSocketConnection connection) {
        boolean secure = "wss".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(url)
                .version(WebSocketVersion.V13)
                .subprotocol(SUBPROTOCOL)
                .customHeaders(new DefaultHttpHeaders())
                .maxFramePayloadLength(MAX_FRAME_BYTES)
                .handleCloseFrames(false)
                // the JSON parser checks the same bytes
                .withUTF8Validator(false)
                .build();
        ChannelFuture ignored = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws SSLException {
                        if (secure) {
                            channel.pipeline().addLast(tls().newHandler(channel.alloc(), url.getHost(), port));
                        }
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(HTTP_HEAD_BYTES))
                                .addLast(new WebSocketClientProtocolHandler(config))
                                .addLast(new WebSocketFrameAggregator(MAX_FRAME_BYTES))
                                .addLast(connection);
                    }
                })
                .connect(url.getHost(), port)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        connection.over();
                    }
                });
    }

    private static SslContext tls() throws SSLException {
        return SslContextBuilder.forClient().build();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        background.shutdownNow();
    }
}
