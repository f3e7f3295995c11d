/**
 * Jetty's WebSockets, reduced to what the push tier needs: {@link chat.parley.push.socket.SocketEndpoint} upgrades
 * requests to {@code /ws}, {@link chat.parley.push.socket.OutboundQueue} bounds the frames that wait to be written, and
 * {@link chat.parley.push.socket.InboundFlowControl} decides when the next frame is read. Jetty's selector threads read
 * the sockets and must not block; writes complete by callbacks. Depends on no other package of the push tier.
 */
@NullMarked
package chat.parley.push.socket;

import org.jspecify.annotations.NullMarked;
