package chat.parley.search.history.generation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexCounts;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.GenerationPointer.Pointer;
import chat.parley.search.history.index.DeadLetters;
import chat.parley.search.history.index.EventCounts;
import java.time.Instant;

/** The front of a rebuild; {@link Generations} and {@link RebuildJudge} do it. */
public final class Rebuilds {
    private static final double WHOLE = 100;
    private static final double TENTHS = 10;

    private final SearchEngine engine;
    private final GenerationPointer pointer;
    private final Generations generations;
    private final Indexes indexes;
    private final IndexTokens tokens;
    private final DeadLetters letters;
    private final EventHead head;

    public Rebuilds(
            SearchEngine engine,
            GenerationPointer pointer,
            Generations generations,
            Indexes indexes,
            IndexTokens tokens,
            DeadLetters letters,
            EventHead head) {
        this.engine = engine;
        this.pointer = pointer;
        this.generations = generations;
        this.indexes = indexes;
        this.tokens = tokens;
        this.letters = letters;
        this.head = head;
    }

    public RebuildProgress begin() {
        engine.require();
        if (!pointer.begin()) {
            throw new Refused(Refusal.REBUILD_RUNNING);
        }
        return progress();
    }

    public void giveUp() {
        engine.require();
        Integer next = pointer.read().next();
        if (next == null || !pointer.giveUp(next, RebuildFailure.GIVEN_UP, null, null)) {
            throw new Refused(Refusal.NOT_FOUND);
        }
    }

    public RebuildProgress progress() {
        engine.require();
        Pointer now = pointer.read();
        Integer next = now.next();
        return next == null ? ended(now) : filling(now, indexes.generation(next));
    }

    private RebuildProgress filling(Pointer now, Generation next) {
        GenerationProcess running = generations.filling();
        GenerationProcess process = running != null && running.generation().equals(next) ? running : null;
        long position = process == null ? stored(next) : process.position();
        EventCounts seen = tokens.tally(next.processor());
        long newest = head.index();
        return new RebuildProgress(
                RebuildState.FILLING,
                indexes.generation(now.active()).name(),
                next.name(),
                percent(position, newest),
                process == null ? 0 : process.eventsPerSecond(),
                position + 1,
                Math.max(0, newest - position),
                seen.sent(),
                seen.retracted(),
                seen.past(),
                letters.count(next),
                now.since() == null ? null : Instant.ofEpochMilli(now.since()),
                null,
                null,
                null,
                null);
    }

    private long stored(Generation generation) {
        return tokens.of(generation.processor()).values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(-1);
    }

    private static double percent(long position, long newest) {
        return newest < 0 ? WHOLE : Math.floor(WHOLE * TENTHS * (position + 1) / (newest + 1)) / TENTHS;
    }

    private RebuildProgress ended(Pointer now) {
        String serving = indexes.generation(now.active()).name();
        RebuildOutcome outcome = now.outcome();
        if (outcome == null) {
            return new RebuildProgress(
                    RebuildState.NONE, serving, null, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null, null);
        }
        IndexCounts filled = outcome.filled();
        boolean done = outcome.failure() == null;
        return new RebuildProgress(
                done ? RebuildState.DONE : RebuildState.FAILED,
                serving,
                indexes.generation(outcome.generation()).name(),
                done ? WHOLE : 0,
                0,
                filled == null ? 0 : filled.events(),
                0,
                filled == null ? 0 : filled.messages(),
                filled == null ? 0 : filled.retracted(),
                filled == null ? 0 : filled.past(),
                filled == null ? 0 : filled.rejected(),
                null,
                Instant.ofEpochMilli(outcome.at()),
                outcome.failure(),
                outcome.served(),
                filled);
    }
}
