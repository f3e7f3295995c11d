package chat.parley.api.audit;

import chat.parley.api.Refusal;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Entries}: a conversation's entries up to {@code position}, as they read right after that entry for a
 * member who saw all of them. They are selected by at most one of {@code after} and {@code before}; without any of them,
 * the newest. {@code position} is also the head of the answer. Refused with {@link Refusal#CONVERSATION_NOT_FOUND},
 * {@link Refusal#POSITION_NOT_FOUND}, or {@link Refusal#RETRY_LATER} if the read model does not include the position
 * within its maximum wait.
 */
public record FindEntriesAt(
        ConversationId conversation,
        long position,
        @Nullable Long after,
        @Nullable Long before,
        int limit) {}
