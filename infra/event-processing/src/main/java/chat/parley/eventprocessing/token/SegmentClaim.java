package chat.parley.eventprocessing.token;

import java.util.Optional;

/**
 * The claim under which a batch is written. Each claim of a segment has a higher number than all before, so that a store
 * can refuse what an earlier owner writes after a later one.
 */
public record SegmentClaim(int segment, long number) {
    private static final ScopedValue<SegmentClaim> WRITING = ScopedValue.newInstance();

    /** That of the current thread; none if there is only one process. */
    public static Optional<SegmentClaim> current() {
        return WRITING.isBound() ? Optional.of(WRITING.get()) : Optional.empty();
    }

    public void whileWriting(Runnable write) {
        ScopedValue.where(WRITING, this).run(write);
    }
}
