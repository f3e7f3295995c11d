package chat.parley.projections.conversation;

import java.util.List;
import org.bson.Document;

/**
 * Position and index of a conversation's newest message.
 *
 * @param position 0 if there is no message
 * @param index    global index of that event
 */
public record MessageRef(long position, long index) {
    public static final MessageRef NONE = new MessageRef(0, 0);

    /** One field for position and index: one path to set per message. See ADR 0072. */
    private static final String FIELD = "e";

    public static MessageRef in(Document document) {
        List<Number> place = document.getList(FIELD, Number.class, List.of());
        return place.isEmpty()
                ? NONE
                : new MessageRef(place.get(0).longValue(), place.get(1).longValue());
    }

    public void putInto(Document document) {
        if (position > 0) {
            document.put(FIELD, List.of(position, index));
        }
    }
}
