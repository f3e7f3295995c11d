package chat.parley.query.http.sync;

import chat.parley.api.conversation.RecordedEntry;
import java.util.List;

/**
 * The entries that a user missed.
 *
 * @param entries ascending by index
 * @param index the entries up to this index are complete
 * @param more whether there is an entry after {@code index} already
 */
public record MissedEntries(List<RecordedEntry> entries, long index, boolean more) {}
