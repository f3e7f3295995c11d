package chat.parley.api.inbox;

/**
 * A user's preferences for one conversation.
 *
 * @param markedUnread stays until the user reads the conversation again
 */
public record Preferences(boolean muted, boolean pinned, boolean markedUnread) {}
