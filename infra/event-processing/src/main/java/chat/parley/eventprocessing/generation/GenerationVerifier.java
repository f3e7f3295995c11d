package chat.parley.eventprocessing.generation;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a filled generation with the served one, or with the events. */
public interface GenerationVerifier<S> {
    /**
     * The verdict, and the counts by name that led to it.
     *
     * @param failure null if the filled generation may be served
     */
    record Verdict(@Nullable RebuildFailure failure, Map<String, Long> served, Map<String, Long> filled) {}

    /** Compares two generations. Empty if one of them did not catch up in time; they are then compared again later. */
    Optional<Verdict> verify(RunningGeneration<S> served, RunningGeneration<S> filled, CatchUp catchUp)
            throws InterruptedException;
}
