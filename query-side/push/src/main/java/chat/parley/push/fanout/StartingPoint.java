package chat.parley.push.fanout;

import chat.parley.api.conversation.ConversationId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From where a session is to be brought up to date, as its {@code hello} said. */
public sealed interface StartingPoint {
    /** From now on: the client loads its inbox. */
    record Head() implements StartingPoint {}

    /** Its cursor is of another epoch: from now on, and the client is told to load everything anew. */
    record Resync() implements StartingPoint {}

    /** Everything after this index. */
    record AfterIndex(long index) implements StartingPoint {}

    /** Everything after these positions, by conversation. */
    record AfterPositions(Map<String, Long> positions) implements StartingPoint {}

    /** As a hello without a cursor says it. */
    static StartingPoint of(@Nullable Map<ConversationId, Long> positions) {
        if (positions == null) {
            return new Head();
        }
        Map<String, Long> byName = HashMap.newHashMap(positions.size());
        positions.forEach((conversation, position) -> byName.put(conversation.value(), position));
        return new AfterPositions(Map.copyOf(byName));
    }
}
