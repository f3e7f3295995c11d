package chat.parley.api.conversation;

/** Two fixed users, or a group whose members change. */
public enum ConversationKind {
    DIRECT,
    GROUP
}
