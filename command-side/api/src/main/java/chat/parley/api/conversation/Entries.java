package chat.parley.api.conversation;

import java.util.List;

/**
 * Entries ascending by position.
 *
 * @param head the conversation's newest position that the user may see
 */
public record Entries(List<RecordedEntry> entries, long head) {}
