/** Frames of the public WebSocket protocol, as the load client writes and reads them. */
@NullMarked
package chat.parley.load.protocol;

import org.jspecify.annotations.NullMarked;
