package chat.parley.eventprocessing.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says which generation is served and which one is filled. Generations are numbered from 1.
 *
 * @param active     is served
 * @param next       is filled, to be served after that
 * @param since      when filling it began
 * @param last       the newest there ever was; numbers are not used again
 * @param previous   was served until {@code switchedAt}
 * @param outcome    of the last rebuild
 */
public record GenerationPointer(
        int active,
        @Nullable Integer next,
        @Nullable Instant since,
        int last,
        @Nullable Integer previous,
        @Nullable Instant switchedAt,
        @Nullable RebuildOutcome outcome) {
    public static String name(int generation) {
        return "g" + generation;
    }

    /** Whether this generation is served or filled. */
    boolean uses(int generation) {
        return generation == active || (next != null && generation == next);
    }

    /** The outcome of the rebuild that made the newest generation; an older outcome is about another one. */
    @Nullable
    RebuildOutcome lastOutcome() {
        return outcome != null && outcome.generation() == last ? outcome : null;
    }

    GenerationPointer beginning(Instant now) {
        return new GenerationPointer(active, last + 1, now, last + 1, previous, switchedAt, outcome);
    }

    GenerationPointer serving(RebuildOutcome done, Instant now) {
        return new GenerationPointer(done.generation(), null, null, last, active, now, done);
    }

    GenerationPointer givingUp(RebuildOutcome failed) {
        return new GenerationPointer(active, null, null, last, previous, switchedAt, failed);
    }
}
