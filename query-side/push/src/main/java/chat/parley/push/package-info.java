/** The push tier: sockets, fan-out, backpressure, resume. */
@NullMarked
package chat.parley.push;

import org.jspecify.annotations.NullMarked;
