package chat.parley.api.conversation;

/** What a new member of a group may read of the time before; chosen when the group is made and never changed. */
public enum HistoryAccess {
    SINCE_JOINED,
    ALL
}
