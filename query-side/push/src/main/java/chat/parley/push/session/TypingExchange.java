package chat.parley.push.session;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.node.NodeMessages;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiConsumer;

/**
 * Tells other nodes who types on this one, and the members on this node who types on others. The same sign given twice
 * between two rounds is sent once. A message has a line for each sign: the ids of the conversation and of the user.
 */
public final class TypingExchange {
    /** The pause between two rounds, so that typing costs few messages however many people type. */
    public static final Duration PAUSE = Duration.ofMillis(100);

    private static final String TOPIC = "typing";

    /** The most signs of one message, so that it is not too long for {@link NodeMessages}. */
    private static final int MOST_SIGNS = 50;

    /** Signs that cannot be sent within seconds are of no use any more. */
    private static final int MOST_WAITING = 1_000;

    private final NodeMessages nodes;
    private final BiConsumer<ConversationId, UserId> elsewhere;
    private final Set<String> waiting = new LinkedHashSet<>();

    /** @param elsewhere is given who types on other nodes, and in which conversation */
    public TypingExchange(NodeMessages nodes, BiConsumer<ConversationId, UserId> elsewhere) {
        this.nodes = nodes;
        this.elsewhere = elsewhere;
        nodes.receive(TOPIC, this::received);
    }

    /** Never waits. Dropped if too many wait. */
    public void passOn(ConversationId conversation, UserId user) {
        synchronized (waiting) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(conversation.value() + " " + user.value());
            }
        }
    }

    public void round() {
        StringJoiner signs = new StringJoiner("\n");
        synchronized (waiting) {
            Iterator<String> oldest = waiting.iterator();
            for (int i = 0; i < MOST_SIGNS && oldest.hasNext(); i++) {
                signs.add(oldest.next());
                oldest.remove();
            }
        }
        if (signs.length() > 0) {
            nodes.send(TOPIC, signs.toString());
        }
    }

    private void received(String message) {
        message.lines().forEach(sign -> {
            String[] ids = sign.split(" ", -1);
            // A node of a newer version may add more.
            if (ids.length < 2) {
                throw new IllegalArgumentException("A typing sign has two ids, and this one " + ids.length);
            }
            elsewhere.accept(new ConversationId(ids[0]), new UserId(ids[1]));
        });
    }
}
