package chat.parley.projections.generation;

import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.projections.generation.GenerationPointer.Pointer;
import chat.parley.projections.generation.RebuildVerifier.Verdict;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The front of a rebuild; {@link ReadModels} and {@link RebuildVerifier} do it. */
public final class Rebuilder implements ReadModelRebuild {
    private final GenerationPointer pointer;
    private final ReadModels models;
    private final RebuildVerifier judge;
    private final EventHead head;
    private final Clock clock;
    private volatile @Nullable Instant begun;

    public Rebuilder(GenerationPointer pointer, ReadModels models, RebuildVerifier judge, EventHead head, Clock clock) {
        this.pointer = pointer;
        this.models = models;
        this.judge = judge;
        this.head = head;
        this.clock = clock;
    }

    @Override
    public Progress begin() {
        Pointer before = pointer.read();
        if (before.next() == null && pointer.begin(before)) {
            begun = clock.instant();
            models.follow(pointer.read());
        }
        return progress();
    }

    @Override
    public Progress progress() {
        Pointer now = pointer.read();
        String active = Pointer.name(now.active());
        if (now.next() != null) {
            Generation filling = models.filling();
            long position = filling == null ? -1 : filling.position();
            return new Progress(
                    State.FILLING, active, Pointer.name(now.next()), position, head.index(), begun, null, null);
        }
        Verdict verdict = judge.verdict();
        if (verdict == null) {
            return new Progress(State.NONE, active, null, models.served().position(), head.index(), null, null, null);
        }
        return new Progress(
                verdict.state(),
                active,
                verdict.next(),
                verdict.position(),
                head.index(),
                begun,
                verdict.served(),
                verdict.filled());
    }
}
