/**
 * The frames of the WebSocket protocol and the entry as clients get it: {@link chat.parley.wire.ClientFrame}, {@link
 * chat.parley.wire.ServerFrame} and {@link chat.parley.wire.Entry}, with their codec. Frames and entries are immutable, and
 * the codecs may be used by any thread.
 */
@NullMarked
package chat.parley.wire;

import org.jspecify.annotations.NullMarked;
