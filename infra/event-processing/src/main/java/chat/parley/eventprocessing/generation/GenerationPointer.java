package chat.parley.eventprocessing.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The served and the filled generation of a read model. Generations are numbered from 1.
 *
 * @param active the served generation
 * @param next the generation that is being filled and will be served next
 * @param since start of its filling
 * @param last the highest number so far; numbers are not reused
 * @param previous the generation that was served until {@code switchedAt}
 * @param outcome outcome of the last rebuild
 * @param epoch the epoch whose events the generations include; null in a pointer of an earlier version
 */
public record GenerationPointer(
        int active,
        @Nullable Integer next,
        @Nullable Instant since,
        int last,
        @Nullable Integer previous,
        @Nullable Instant switchedAt,
        @Nullable RebuildOutcome outcome,
        @Nullable String epoch) {
    private static final String PREFIX = "g";

    public static String name(int generation) {
        return PREFIX + generation;
    }

    /** The number in a {@link #name}. */
    public static int number(String name) {
        return Integer.parseInt(name.substring(PREFIX.length()));
    }

    /** What a read model begins with. */
    public static GenerationPointer first() {
        return new GenerationPointer(1, null, null, 1, null, null, null, null);
    }

    /** Whether this generation is served or filled. */
    boolean uses(int generation) {
        return generation == active || fills(generation);
    }

    /** Whether this generation is filled. */
    boolean fills(int generation) {
        return next != null && generation == next;
    }

    /** The outcome of the rebuild of the newest generation, or null if the stored outcome is that of an older one. */
    @Nullable
    RebuildOutcome lastOutcome() {
        return outcome != null && outcome.generation() == last ? outcome : null;
    }

    /** The same generations, as those of this epoch. */
    GenerationPointer in(String adopted) {
        return new GenerationPointer(active, next, since, last, previous, switchedAt, outcome, adopted);
    }

    /** An empty generation of another epoch. Those of this one are removed. */
    GenerationPointer beginningAgain(String other) {
        return new GenerationPointer(last + 1, null, null, last + 1, null, null, null, other);
    }

    GenerationPointer beginning(Instant now) {
        return new GenerationPointer(active, last + 1, now, last + 1, previous, switchedAt, outcome, epoch);
    }

    GenerationPointer serving(RebuildOutcome done) {
        return new GenerationPointer(done.generation(), null, null, last, active, done.ended(), done, epoch);
    }

    GenerationPointer givingUp(RebuildOutcome failed) {
        return new GenerationPointer(active, null, null, last, previous, switchedAt, failed, epoch);
    }
}
