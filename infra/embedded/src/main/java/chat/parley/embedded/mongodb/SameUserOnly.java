package chat.parley.embedded.mongodb;

import com.sun.security.auth.module.UnixSystem;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stand-in knows no passwords, so other users of this machine are turned away at the door. */
@Sharable
final class SameUserOnly extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(SameUserOnly.class);

    private final long uid = new UnixSystem().getUid();
    private final boolean peersCanBeKnown = LoopbackPeer.canBeKnown();

    @Override
    public void channelActive(ChannelHandlerContext context) throws IOException {
        if (mayEnter(context)) {
            context.fireChannelActive();
        } else {
            log.warn("Another user of this machine tried to connect to the read side and was turned away");
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    private boolean mayEnter(ChannelHandlerContext context) throws IOException {
        if (!peersCanBeKnown) {
            return true;
        }
        OptionalLong peer =
                LoopbackPeer.uid((InetSocketAddress) context.channel().remoteAddress(), (InetSocketAddress)
                        context.channel().localAddress());
        return peer.isPresent() && peer.getAsLong() == uid;
    }
}
