package chat.parley.eventprocessing.token;

import java.util.Map;

/** The progress of processors on all nodes together, read from their stored tokens. */
@FunctionalInterface
public interface StoredPositions {
    /** For a processor whose progress is not needed. */
    StoredPositions NONE = processor -> Map.of();

    /** The global index that each segment has stored; -1 for a segment that has not started. */
    Map<Integer, Long> of(String processor);
}
