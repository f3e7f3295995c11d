package chat.parley.api.conversation;

/**
 * Which entries from before their joining new members of a group may read. Chosen when the group is started; never
 * changes.
 */
public enum HistoryAccess {
    SINCE_JOINED,
    ALL
}
