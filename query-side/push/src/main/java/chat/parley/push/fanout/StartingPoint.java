package chat.parley.push.fanout;

import chat.parley.api.conversation.ConversationId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where catching up starts, as the client's {@code hello} says. */
public sealed interface StartingPoint {
    /** At the head: the client gets entries from now on and loads its inbox itself. */
    record Head() implements StartingPoint {}

    /** At the head, because the cursor is of another epoch; the client is told to load everything anew. */
    record Resync() implements StartingPoint {}

    /** After this index. */
    record AfterIndex(long index) implements StartingPoint {}

    /** After these positions, by conversation. */
    record AfterPositions(Map<String, Long> positions) implements StartingPoint {}

    /** The start of a {@code hello} without a cursor. */
    static StartingPoint of(@Nullable Map<ConversationId, Long> positions) {
        if (positions == null) {
            return new Head();
        }
        Map<String, Long> byName = HashMap.newHashMap(positions.size());
        positions.forEach((conversation, position) -> byName.put(conversation.value(), position));
        return new AfterPositions(Map.copyOf(byName));
    }
}
