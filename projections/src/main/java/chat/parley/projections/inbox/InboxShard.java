package chat.parley.projections.inbox;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Assigns a user's conversations to several inbox documents, so that a change of one conversation rewrites only its
 * shard.
 */
public final class InboxShard {
    private static final int PARTS = 16;

    private InboxShard() {}

    /** The document that contains this conversation. */
    public static String of(UserId user, ConversationId conversation) {
        return id(user, Math.floorMod(conversation.value().hashCode(), PARTS));
    }

    static List<String> all(UserId user) {
        return IntStream.range(0, PARTS).mapToObj(part -> id(user, part)).toList();
    }

    private static String id(UserId user, int part) {
        return user + ":" + part;
    }
}
