package chat.parley.eventprocessing.generation;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a rebuild. It is stored with the pointer, in the change that ends the rebuild, so that every node
 * answers the same outcome, also after a restart.
 *
 * @param generation the filled generation
 * @param state {@link RebuildState#DONE} or {@link RebuildState#FAILED}
 * @param failure why the new generation was given up; null if it was not, or if the reason was not stored
 * @param format format of the documents of the node that ended the rebuild; 0 if it was not stored
 * @param position the filled generation included everything up to this global index
 * @param since when the rebuild began
 * @param ended when it ended
 * @param served counts of the served generation, by name; empty without a comparison
 * @param filled counts of the filled generation, by name
 */
public record RebuildOutcome(
        int generation,
        RebuildState state,
        @Nullable RebuildFailure failure,
        int format,
        long position,
        @Nullable Instant since,
        @Nullable Instant ended,
        Map<String, Long> served,
        Map<String, Long> filled) {}
