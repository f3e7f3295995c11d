package chat.parley.eventprocessing.generation;

import java.util.Map;
import java.util.Optional;

/** Compares a filled generation with the served one. */
public interface GenerationVerifier<S> {
    /** The verdict, with the counts that led to it, by name. */
    record Verdict(boolean accepted, Map<String, Long> served, Map<String, Long> filled) {}

    /** Compares the two; empty if one of them did not catch up in time, so that they are compared again later. */
    Optional<Verdict> verify(RunningGeneration<S> served, RunningGeneration<S> filled, CatchUp catchUp)
            throws InterruptedException;
}
