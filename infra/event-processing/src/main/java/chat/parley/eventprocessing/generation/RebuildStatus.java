package chat.parley.eventprocessing.generation;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a rebuild, or the outcome of the last one.
 *
 * @param active the generation that is served
 * @param next the generation that is, or was, filled
 * @param position the new generation includes everything up to this global index; -1 if it is not known on this node
 * @param head the newest global index
 * @param ended when the last rebuild ended
 * @param failure why the filled generation was given up
 * @param served counts of the served generation at the comparison
 * @param filled counts of the filled generation
 */
public record RebuildStatus(
        RebuildState state,
        String active,
        @Nullable String next,
        long position,
        long head,
        @Nullable Instant since,
        @Nullable Instant ended,
        @Nullable RebuildFailure failure,
        Map<String, Long> served,
        Map<String, Long> filled) {}
