/** The frames of the WebSocket protocol and the entry as clients see it. */
@NullMarked
package chat.parley.wire;

import org.jspecify.annotations.NullMarked;
