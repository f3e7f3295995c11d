package chat.parley.queries;

import chat.parley.api.RecordedEntry;
import java.util.List;

/**
 * What somebody missed.
 *
 * @param entries ascending by index
 * @param index   everything that they may see up to here and after where they were is in {@code entries}
 * @param more    whether something after {@code index} is known already
 */
record Missed(List<RecordedEntry> entries, long index, boolean more) {}
