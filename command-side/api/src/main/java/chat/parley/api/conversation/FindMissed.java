package chat.parley.api.conversation;

import chat.parley.api.account.UserId;

/**
 * Answers {@link Entries}: the next at most {@code limit} visible entries of one conversation after {@code position}
 * with an index above {@code afterIndex} and at most {@code throughIndex}. Large texts reduce the number; an empty
 * answer means that there are no more. The caller has waited until the read model includes {@code throughIndex}.
 */
public record FindMissed(
        UserId user, ConversationId conversation, long position, long afterIndex, long throughIndex, int limit) {}
