package chat.parley.projections.conversation;

import java.util.List;
import org.bson.Document;

/**
 * Where the newest message of a conversation stands.
 *
 * @param position 0 where there is none
 * @param index    of that event in the global order
 */
public record MessagePlace(long position, long index) {
    public static final MessagePlace NONE = new MessagePlace(0, 0);

    /** One field, because the embedded stand-in searches the path of each one with regular expressions. */
    private static final String FIELD = "e";

    public static MessagePlace in(Document document) {
        List<Number> place = document.getList(FIELD, Number.class, List.of());
        return place.isEmpty()
                ? NONE
                : new MessagePlace(place.get(0).longValue(), place.get(1).longValue());
    }

    public void putInto(Document document) {
        if (position > 0) {
            document.put(FIELD, List.of(position, index));
        }
    }
}
