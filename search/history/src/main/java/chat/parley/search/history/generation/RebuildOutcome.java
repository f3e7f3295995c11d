package chat.parley.search.history.generation;

import chat.parley.search.history.document.IndexCounts;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the last rebuild ended.
 *
 * @param generation that was filled
 * @param at         in epoch milliseconds
 * @param served     what the generation held that was searched meanwhile
 * @param filled     what the new one held
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RebuildOutcome(
        int generation,
        long at,
        @Nullable RebuildFailure failure,
        @Nullable IndexCounts served,
        @Nullable IndexCounts filled) {}
