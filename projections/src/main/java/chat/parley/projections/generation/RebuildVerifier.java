package chat.parley.projections.generation;

import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.projections.generation.GenerationPointer.Pointer;
import chat.parley.projections.generation.ReadModelRebuild.State;
import chat.parley.projections.query.ReadModelSignals;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a filled generation is served from now on. */
public final class RebuildVerifier {
    private static final Logger log = LoggerFactory.getLogger(RebuildVerifier.class);

    private final GenerationPointer pointer;
    private final EventHead head;
    private final ReadModelSignals signals;
    private final Duration patience;
    private final Clock clock;
    private volatile @Nullable Verdict verdict;

    public RebuildVerifier(
            GenerationPointer pointer, EventHead head, ReadModelSignals signals, Duration patience, Clock clock) {
        this.pointer = pointer;
        this.head = head;
        this.signals = signals;
        this.patience = patience;
        this.clock = clock;
    }

    /** The last that was reached on this node. */
    record Verdict(String next, State state, ModelCounts served, ModelCounts filled, long position) {}

    @Nullable
    Verdict verdict() {
        return verdict;
    }

    /**
     * Whether the pointer was changed. While events keep coming, the two never stand at the same one; but what the
     * served model held before must be in the filled one, and what that held then must be in the served one later.
     */
    boolean decide(Generation served, Generation filling, Pointer now) throws InterruptedException {
        Integer next = now.next();
        if (next == null || filling.position() < served.position()) {
            return false;
        }
        ModelCounts before = ModelCounts.of(served.store());
        if (!hasSeen(filling, head.index())) {
            return false;
        }
        ModelCounts filled = ModelCounts.of(filling.store());
        if (!hasSeen(served, head.index())) {
            return false;
        }
        ModelCounts after = ModelCounts.of(served.store());
        boolean equal = filled.covers(before) && after.covers(filled);
        verdict = new Verdict(filling.name(), equal ? State.DONE : State.FAILED, after, filled, filling.position());
        if (equal) {
            log.info("Read model {} holds {}, as {} does", filling.name(), filled, served.name());
            return pointer.serve(now.active(), next, clock.instant());
        }
        log.error(
                "Read model {} holds {}, but {} holds {}: it is given up",
                filling.name(),
                filled,
                served.name(),
                after);
        return pointer.giveUp(now.active(), next);
    }

    private boolean hasSeen(Generation generation, long index) throws InterruptedException {
        return signals.progress().await(() -> generation.position() >= index, patience);
    }
}
