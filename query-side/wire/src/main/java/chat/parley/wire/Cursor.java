package chat.parley.wire;

import chat.parley.api.port.Epoch;

/**
 * A place in the global order of events: the client has every event up to and including this index.
 *
 * @param index -1 before the first event
 */
public record Cursor(Epoch epoch, long index) {}
