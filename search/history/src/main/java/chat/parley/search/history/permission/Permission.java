package chat.parley.search.history.permission;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Visibility;
import java.util.Map;

/**
 * What a user may read at one moment.
 *
 * @param everything    whether the whole history is searched, regardless of membership
 * @param conversations the user's visibility in each conversation that the user is or was in; empty if {@code
 * everything}
 */
public record Permission(UserId asker, boolean everything, Map<ConversationId, Visibility> conversations) {
    public Permission {
        conversations = Map.copyOf(conversations);
    }

    public Visibility of(ConversationId conversation) {
        return everything ? Visibility.ALL : conversations.getOrDefault(conversation, Visibility.NOTHING);
    }

    public boolean seesAnyOf(ConversationId conversation) {
        return !of(conversation).spans().isEmpty();
    }
}
