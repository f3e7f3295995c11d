package chat.parley.query.http.sync;

import chat.parley.wire.Entry;
import java.util.List;

/**
 * Entries of all one's conversations, in the order in which they were stored; ascending by position within each.
 *
 * @param cursor everything up to here has been answered; the next {@code /sync} goes on from it
 * @param more   whether there is more already
 */
record SyncView(List<Entry> entries, String cursor, boolean more) {}
