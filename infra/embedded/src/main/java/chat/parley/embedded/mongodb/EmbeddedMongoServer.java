package chat.parley.embedded.mongodb;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The stand-in's network server with access control. Its own server class would accept every user of this machine. */
public final class EmbeddedMongoServer implements AutoCloseable {

    private static final int STOP_SECONDS = 2;

    private final MongoBackend backend;
    private final EventLoopGroup threads;
    private final ChannelGroup connections;
    private final Channel listener;

    private EmbeddedMongoServer(
            MongoBackend backend, EventLoopGroup threads, ChannelGroup connections, Channel listener) {
        this.backend = backend;
        this.threads = threads;
        this.connections = connections;
        this.listener = listener;
    }

    public static EmbeddedMongoServer start(MongoBackend backend) {
        EventLoopGroup threads =
                new MultiThreadIoEventLoopGroup(new DefaultThreadFactory("read-side", true), NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup(threads.next());
        SameUserHandler sameUser = new SameUserHandler();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        sameUser,
                                        new MongoWireReplyEncoder(),
                                        new MongoWireMessageEncoder(),
                                        new MongoWireProtocolHandler(),
                                        new MongoDatabaseHandler(backend, connections),
                                        new MongoExceptionHandler());
                    }
                });
        Channel listener = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return new EmbeddedMongoServer(backend, threads, connections, listener);
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** The clients are closed by now; the last writes are committed to the file. */
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
        threads.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
        backend.close();
    }
}
