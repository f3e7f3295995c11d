/**
 * One {@link chat.parley.push.session.SocketSession} per socket, with its state, its frames and its limits. A socket session
 * is not the login session of the user ({@code LoginSessionId}), which outlives it, and not the presence of the device,
 * which continues when the socket breaks. Frames are read on Jetty's selector threads; whatever may block runs on virtual
 * threads, and timeouts on the session timer. Knows the other packages of the push tier.
 */
@NullMarked
package chat.parley.push.session;

import org.jspecify.annotations.NullMarked;
