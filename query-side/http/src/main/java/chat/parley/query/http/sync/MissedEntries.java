package chat.parley.query.http.sync;

import chat.parley.api.conversation.RecordedEntry;
import java.util.List;

/**
 * What somebody missed.
 *
 * @param entries ascending by index
 * @param index   everything that they may see up to here and after where they were is in {@code entries}
 * @param more    whether something after {@code index} is known already
 */
public record MissedEntries(List<RecordedEntry> entries, long index, boolean more) {}
