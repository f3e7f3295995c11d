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

/** Closes connections of other users of this machine, because the stand-in supports no passwords. */
@Sharable
final class SameUserHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(SameUserHandler.class);

    private final long uid = new UnixSystem().getUid();
    private final boolean peersCanBeKnown = LoopbackPeerCredentials.canBeKnown();

    @Override
    public void channelActive(ChannelHandlerContext context) throws IOException {
        if (isSameUser(context)) {
            context.fireChannelActive();
        } else {
            log.warn("Refused a connection of another user of this machine to the read side");
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    private boolean isSameUser(ChannelHandlerContext context) throws IOException {
        if (!peersCanBeKnown) {
            return true;
        }
        OptionalLong peer = LoopbackPeerCredentials.uid(
                (InetSocketAddress) context.channel().remoteAddress(),
                (InetSocketAddress) context.channel().localAddress());
        return peer.isPresent() && peer.getAsLong() == uid;
    }
}
