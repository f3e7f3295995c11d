package chat.parley.eventprocessing.generation;

import java.util.Map;
import java.util.Optional;

/** Compares a filled generation with the served one. */
public interface GenerationVerifier<S> {
    /** The verdict, and the counts by name that led to it. */
    record Verdict(boolean accepted, Map<String, Long> served, Map<String, Long> filled) {}

    /** Compares two generations. Empty if one of them did not catch up in time; they are then compared again later. */
    Optional<Verdict> verify(RunningGeneration<S> served, RunningGeneration<S> filled, CatchUp catchUp)
            throws InterruptedException;
}
