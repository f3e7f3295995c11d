package chat.parley.projections.generation;

import chat.parley.eventprocessing.generation.CatchUp;
import chat.parley.eventprocessing.generation.GenerationVerifier;
import chat.parley.eventprocessing.generation.RebuildFailure;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.projections.store.ReadModelStore;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the counts of the served and the filled generation. While new events are stored, the two never include
 * exactly the same events. But the filled generation must reach the counts that the served one had before, and the
 * served one must later reach the counts that the filled one had then.
 */
public final class RebuildVerifier implements GenerationVerifier<ReadModelStore> {
    @Override
    public Optional<Verdict> verify(
            RunningGeneration<ReadModelStore> served, RunningGeneration<ReadModelStore> filled, CatchUp catchUp)
            throws InterruptedException {
        Map<String, Long> before = ModelCounts.of(served.store());
        if (!catchUp.toHead(filled)) {
            return Optional.empty();
        }
        Map<String, Long> rebuilt = ModelCounts.of(filled.store());
        if (!catchUp.toHead(served)) {
            return Optional.empty();
        }
        Map<String, Long> after = ModelCounts.of(served.store());
        boolean accepted = ModelCounts.cover(rebuilt, before) && ModelCounts.cover(after, rebuilt);
        return Optional.of(new Verdict(accepted ? null : RebuildFailure.COUNTS_DIFFER, after, rebuilt));
    }
}
