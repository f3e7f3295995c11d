package chat.parley.search.history.permission;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Visibility;
import java.util.Map;

/**
 * What an asker may read at one moment.
 *
 * @param everything    whether they search the whole history, whoever took part in it
 * @param conversations what they see of each conversation they are or were in; empty where {@code everything}
 */
public record Permission(UserId asker, boolean everything, Map<ConversationId, Visibility> conversations) {
    public Permission {
        conversations = Map.copyOf(conversations);
    }

    Visibility of(ConversationId conversation) {
        return everything ? Visibility.ALL : conversations.getOrDefault(conversation, Visibility.NOTHING);
    }

    public boolean seesAnyOf(ConversationId conversation) {
        return !of(conversation).spans().isEmpty();
    }
}
