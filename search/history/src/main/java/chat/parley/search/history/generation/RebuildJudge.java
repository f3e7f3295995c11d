package chat.parley.search.history.generation;

import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexCounts;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.index.DeadLetters;
import chat.parley.search.history.index.EventCounts;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a filled generation is searched from now on. */
public final class RebuildJudge {
    private static final Logger log = LoggerFactory.getLogger(RebuildJudge.class);

    private final Indexes indexes;
    private final IndexTokens tokens;
    private final DeadLetters letters;
    private final GenerationPointer pointer;
    private final EventHead head;
    private final ProgressSignal progress;
    private final Duration patience;

    public RebuildJudge(
            Indexes indexes,
            IndexTokens tokens,
            DeadLetters letters,
            GenerationPointer pointer,
            EventHead head,
            ProgressSignal progress,
            Duration patience) {
        this.indexes = indexes;
        this.tokens = tokens;
        this.letters = letters;
        this.pointer = pointer;
        this.head = head;
        this.progress = progress;
        this.patience = patience;
    }

    /**
     * Whether the pointer was changed.
     *
     * <p>While events keep coming, what the new generation has seen and what it holds are never read at one moment. But
     * all of what it had seen before must be there, and nothing that it has not seen after.
     */
    boolean decide(GenerationProcess served, GenerationProcess filling) throws InterruptedException {
        if (filling.position() < served.position()) {
            return false;
        }
        Generation next = filling.generation();
        EventCounts before = seen(next);
        indexes.refresh(next);
        IndexCounts filled = indexes.counts(next, before, letters.count(next));
        if (!hasSeen(filling, head.index())) {
            return false;
        }
        EventCounts after = seen(next);
        IndexCounts there = counts(served.generation());
        if (!filled.coversEventsOf(before) || !filled.isWithinEventsOf(after)) {
            return giveUp(next, RebuildFailure.COUNTS_DIFFER, there, filled);
        }
        if (filled.rejected() > there.rejected()) {
            return giveUp(next, RebuildFailure.MORE_REJECTED, there, filled);
        }
        return serve(served, filling, there, filled);
    }

    private EventCounts seen(Generation generation) {
        return tokens.tally(generation.processor());
    }

    IndexCounts counts(Generation generation) {
        return indexes.counts(generation, seen(generation), letters.count(generation));
    }

    private boolean giveUp(Generation next, RebuildFailure why, IndexCounts served, IndexCounts filled) {
        log.error("Search index {} holds {}, where the present one holds {}: {}", next, filled, served, why);
        return pointer.giveUp(next.number(), why, served, filled);
    }

    /** The present one stands still while the new one catches up, so that nothing that was found is ever not found. */
    private boolean serve(GenerationProcess served, GenerationProcess filling, IndexCounts there, IndexCounts filled)
            throws InterruptedException {
        Generation next = filling.generation();
        served.pause();
        boolean switched = false;
        try {
            if (hasSeen(filling, served.position())) {
                indexes.wake(next);
                switched = pointer.serve(next.number(), there, filled);
            }
            return switched;
        } finally {
            if (!switched) {
                served.start();
            }
        }
    }

    boolean hasCaughtUp(GenerationProcess process) {
        try {
            return hasSeen(process, head.index());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean hasSeen(GenerationProcess process, long index) throws InterruptedException {
        return progress.await(() -> process.position() >= index, patience);
    }
}
