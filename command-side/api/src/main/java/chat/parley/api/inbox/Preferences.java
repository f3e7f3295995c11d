package chat.parley.api.inbox;

/**
 * How a user keeps a conversation.
 *
 * @param markedUnread until they read there again
 */
public record Preferences(boolean muted, boolean pinned, boolean markedUnread) {}
