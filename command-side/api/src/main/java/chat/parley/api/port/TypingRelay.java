package chat.parley.api.port;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.util.Collection;
import java.util.Set;

/** Passes signs that somebody types from node to node. Signs may be lost, and none is kept. */
public interface TypingRelay {
    /** The most signs of one exchange. */
    int MOST_SIGNS = 50;

    /** The user types in the conversation, of which the user is a member. */
    record Typing(ConversationId conversation, UserId user) {}

    /**
     * Passes on up to {@link #MOST_SIGNS} signs of this node and waits up to a quarter of a second for those of others. Called by one thread.
     *
     * @return the signs of other nodes; empty if there are none or the nodes cannot reach each other
     */
    Set<Typing> exchange(Collection<Typing> own) throws InterruptedException;
}
