package chat.parley.eventprocessing.generation;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a rebuild stands, or how the last one ended.
 *
 * @param active   the generation that is served
 * @param next     the generation that is, or was, filled
 * @param position the new generation includes everything up to this global index
 * @param head     the newest global index
 * @param served   what the generation that was served held at the comparison
 * @param filled   what the new one held
 */
public record RebuildStatus(
        RebuildState state,
        String active,
        @Nullable String next,
        long position,
        long head,
        @Nullable Instant since,
        Map<String, Long> served,
        Map<String, Long> filled) {}
