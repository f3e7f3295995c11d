package chat.parley.vault.text;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;

/** Keys that were destroyed. */
sealed interface Destruction {
    /** All keys of the author. */
    record OfAuthor(UserId author) implements Destruction {}

    /** The keys of the conversation's days before this one, counted from 1970-01-01 in UTC. */
    record OfDays(ConversationId conversation, long before) implements Destruction {}
}
