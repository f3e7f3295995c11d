package chat.parley.eventprocessing.token;

import java.util.Map;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** The progress of processors on all nodes together, read from their stored tokens. */
@FunctionalInterface
public interface StoredPositions {
    /** For a processor whose progress is not needed. */
    StoredPositions NONE = processor -> Map.of();

    /** The global index of a token; -1 if it is none, or that of the beginning. */
    static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    /** The global index that each segment has stored; -1 for a segment that has not started. */
    Map<Integer, Long> of(String processor);
}
