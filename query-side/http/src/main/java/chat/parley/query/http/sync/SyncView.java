package chat.parley.query.http.sync;

import chat.parley.wire.Entry;
import java.util.List;

/**
 * Entries of all conversations of the user in the order in which they were stored, which is ascending by position
 * within each.
 *
 * @param cursor the entries up to here have been answered; the next {@code /sync} continues from it
 * @param more whether there are more entries already
 */
record SyncView(List<Entry> entries, String cursor, boolean more) {}
