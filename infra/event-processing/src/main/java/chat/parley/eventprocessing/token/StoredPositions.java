package chat.parley.eventprocessing.token;

import java.util.Map;

/** How far processors have come on all nodes together, as read from the tokens that they store. */
@FunctionalInterface
public interface StoredPositions {
    /** For a processor whose position nobody asks for. */
    StoredPositions NONE = processor -> Map.of();

    /** The global index that each segment has stored; -1 for a segment that has not begun. */
    Map<Integer, Long> of(String processor);
}
