/**
 * Jetty's WebSockets, reduced to what the push tier needs: {@link chat.parley.push.socket.SocketEndpoint} upgrades requests
 * to {@code /ws}, {@link chat.parley.push.socket.OutboundQueue} bounds what waits to be written, and {@link
 * chat.parley.push.socket.InboundFlowControl} decides when the next frame is read. Sockets are read by Jetty's selector
 * threads, which must not block; writes complete by callbacks. Knows no other package of the push tier.
 */
@NullMarked
package chat.parley.push.socket;

import org.jspecify.annotations.NullMarked;
