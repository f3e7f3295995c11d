package chat.parley.projections.generation;

import chat.parley.eventprocessing.generation.CatchUp;
import chat.parley.eventprocessing.generation.GenerationVerifier;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.projections.store.ReadModelStore;
import java.util.Map;
import java.util.Optional;

/**
 * Compares how much the two generations hold. While events keep coming, the two never stand at the same one; but what the
 * served model held before must be in the filled one, and what that held then must be in the served one later.
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
        return Optional.of(new Verdict(accepted, after, rebuilt));
    }
}
