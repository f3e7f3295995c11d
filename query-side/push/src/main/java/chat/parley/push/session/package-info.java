/**
 * One {@link chat.parley.push.session.SocketSession} per socket, with its state, its frames and its limits. A socket
 * session is neither the login session of the user ({@code LoginSessionId}), which outlives it, nor the presence of the
 * device, which continues when the socket breaks. Jetty's selector threads read the frames; handling that may block
 * runs on virtual threads, and timeouts run on the session timer. Depends on the other packages of the push tier.
 */
@NullMarked
package chat.parley.push.session;

import org.jspecify.annotations.NullMarked;
