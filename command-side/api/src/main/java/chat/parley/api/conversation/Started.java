package chat.parley.api.conversation;

/** @param created false where a direct conversation existed already */
public record Started(ConversationId conversation, long head, boolean created) {}
