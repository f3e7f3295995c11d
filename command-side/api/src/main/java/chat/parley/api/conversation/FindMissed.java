package chat.parley.api.conversation;

import chat.parley.api.account.UserId;

/**
 * Answers {@link Entries}: the next at most {@code limit} visible entries of one conversation after {@code position}
 * whose index is more than {@code afterIndex} and at most {@code throughIndex}. None are answered only where there are
 * none; large texts make it fewer. The asker has waited until the read model includes {@code throughIndex}.
 */
public record FindMissed(
        UserId user, ConversationId conversation, long position, long afterIndex, long throughIndex, int limit) {}
