package chat.parley.query.http.conversation;

import chat.parley.wire.Entry;
import java.util.List;

/**
 * Entries ascending by position.
 *
 * @param head the newest position that the caller may see
 */
record EntriesView(List<Entry> entries, long head) {}
