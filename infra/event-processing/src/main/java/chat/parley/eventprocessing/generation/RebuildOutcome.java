package chat.parley.eventprocessing.generation;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a rebuild ended. It is stored beside the pointer, in the same change that ends the rebuild, so that every node tells
 * the same outcome, also after a restart.
 *
 * @param generation the one that was filled
 * @param state      {@link RebuildState#DONE} or {@link RebuildState#FAILED}
 * @param position   the filled generation included everything up to this global index
 * @param since      when the rebuild began
 * @param served     what the served generation held, by name of the count
 * @param filled     what the filled generation held
 */
public record RebuildOutcome(
        int generation,
        RebuildState state,
        long position,
        @Nullable Instant since,
        Map<String, Long> served,
        Map<String, Long> filled) {}
