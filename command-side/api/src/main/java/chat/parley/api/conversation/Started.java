package chat.parley.api.conversation;

/** @param created false if the conversation existed already */
public record Started(ConversationId conversation, long head, boolean created) {}
