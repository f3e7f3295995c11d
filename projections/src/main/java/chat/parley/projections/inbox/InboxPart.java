package chat.parley.projections.inbox;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An inbox is kept in parts, each with some of its conversations, so that what changes about one of them does not write
 * anew what is kept about all.
 */
final class InboxPart {
    private static final int PARTS = 16;

    private InboxPart() {}

    /** The document that a conversation is in. */
    static String of(UserId user, ConversationId conversation) {
        return id(user, Math.floorMod(conversation.value().hashCode(), PARTS));
    }

    static List<String> all(UserId user) {
        return IntStream.range(0, PARTS).mapToObj(part -> id(user, part)).toList();
    }

    private static String id(UserId user, int part) {
        return user + ":" + part;
    }
}
