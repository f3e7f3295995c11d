package chat.parley.api.conversation;

/** Exactly two people for good, or a group that people join and leave. */
public enum ConversationKind {
    DIRECT,
    GROUP
}
