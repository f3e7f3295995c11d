package chat.parley.push.fanout;

import chat.parley.api.conversation.ConversationId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The position at which catching up starts, according to the client's {@code hello}. */
public sealed interface StartingPoint {
    /** The head: the client gets entries from now on and loads its inbox itself. */
    record Head() implements StartingPoint {}

    /** The head, because the cursor is of another epoch. The client is told to load everything again. */
    record Resync() implements StartingPoint {}

    /** After this index. */
    record AfterIndex(long index) implements StartingPoint {}

    /** After these positions, by conversation. */
    record AfterPositions(Map<String, Long> positions) implements StartingPoint {}

    /** The starting point of a {@code hello} without a cursor. */
    static StartingPoint of(@Nullable Map<ConversationId, Long> positions) {
        if (positions == null) {
            return new Head();
        }
        Map<String, Long> byName = HashMap.newHashMap(positions.size());
        positions.forEach((conversation, position) -> byName.put(conversation.value(), position));
        return new AfterPositions(Map.copyOf(byName));
    }
}
