package chat.parley.search.history.generation;

import chat.parley.eventprocessing.generation.CatchUp;
import chat.parley.eventprocessing.generation.GenerationVerifier;
import chat.parley.eventprocessing.generation.RebuildFailure;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.search.history.document.EventCounts;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexCounts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the documents of a filled generation with the events that its tokens have counted. The served generation is not
 * the measure, because it may be the one to repair.
 *
 * <p>While events keep coming, the counts of a generation's tokens and of its documents are never read at one moment. But
 * everything that the tokens counted before must be in the documents, and nothing that they have not counted after.
 */
public final class IndexVerifier implements GenerationVerifier<Generation> {
    private final IndexCounter counter;

    public IndexVerifier(IndexCounter counter) {
        this.counter = counter;
    }

    @Override
    public Optional<Verdict> verify(
            RunningGeneration<Generation> served, RunningGeneration<Generation> filled, CatchUp catchUp)
            throws InterruptedException {
        Generation next = filled.store();
        EventCounts before = counter.events(next);
        IndexCounts rebuilt = counter.refreshed(next, before);
        if (!catchUp.toHead(filled)) {
            return Optional.empty();
        }
        EventCounts after = counter.events(next);
        IndexCounts present = counter.documents(served.store());
        return Optional.of(new Verdict(
                failure(rebuilt, before, after, present), IndexCounts.byName(present), IndexCounts.byName(rebuilt)));
    }

    private static @Nullable RebuildFailure failure(
            IndexCounts rebuilt, EventCounts before, EventCounts after, IndexCounts present) {
        if (!rebuilt.coversEventsOf(before) || !rebuilt.isWithinEventsOf(after)) {
            return RebuildFailure.COUNTS_DIFFER;
        }
        return rebuilt.rejected() > present.rejected() ? RebuildFailure.MORE_REJECTED : null;
    }
}
