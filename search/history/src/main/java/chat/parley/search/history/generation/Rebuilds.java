package chat.parley.search.history.generation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.eventprocessing.generation.GenerationPointer;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.eventprocessing.generation.RebuildStatus;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexCounts;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.index.EventCounts;

/** Begins and cancels rebuilds for operators, and tells their progress. */
public final class Rebuilds {
    private static final double WHOLE = 100;
    private static final double TENTHS = 10;

    private final SearchEngine engine;
    private final GenerationSupervisor<Generation> generations;
    private final Indexes indexes;
    private final IndexCounter counter;

    public Rebuilds(
            SearchEngine engine, GenerationSupervisor<Generation> generations, Indexes indexes, IndexCounter counter) {
        this.engine = engine;
        this.generations = generations;
        this.indexes = indexes;
        this.counter = counter;
    }

    public RebuildProgress begin() {
        engine.require();
        if (!generations.begin()) {
            throw new Refused(Refusal.REBUILD_RUNNING);
        }
        return progress();
    }

    public void giveUp() {
        engine.require();
        if (!generations.cancel()) {
            throw new Refused(Refusal.NOT_FOUND);
        }
    }

    public RebuildProgress progress() {
        engine.require();
        RebuildStatus status = generations.status();
        String next = status.next();
        return status.state() == RebuildState.FILLING && next != null ? filling(status, next) : ended(status);
    }

    private RebuildProgress filling(RebuildStatus status, String next) {
        Generation generation = indexes.generation(GenerationPointer.number(next));
        long position = status.position() < 0 ? counter.position(generation) : status.position();
        EventCounts events = counter.events(generation);
        return new RebuildProgress(
                RebuildState.FILLING,
                status.active(),
                next,
                percent(position, status.head()),
                eventsPerSecond(next),
                position + 1,
                Math.max(0, status.head() - position),
                events.sent(),
                events.retracted(),
                events.past(),
                counter.rejected(generation),
                status.since(),
                null,
                null,
                null,
                null);
    }

    private long eventsPerSecond(String generation) {
        return generations
                .findFilling()
                .filter(filling -> filling.name().equals(generation))
                .map(RunningGeneration::eventsPerSecond)
                .orElse(0L);
    }

    private static double percent(long position, long newest) {
        return newest < 0 ? WHOLE : Math.floor(WHOLE * TENTHS * (position + 1) / (newest + 1)) / TENTHS;
    }

    private static RebuildProgress ended(RebuildStatus status) {
        IndexCounts filled = IndexCounts.named(status.filled());
        return new RebuildProgress(
                status.state(),
                status.active(),
                status.next(),
                status.state() == RebuildState.DONE ? WHOLE : 0,
                0,
                filled == null ? 0 : filled.events(),
                0,
                filled == null ? 0 : filled.messages(),
                filled == null ? 0 : filled.retracted(),
                filled == null ? 0 : filled.past(),
                filled == null ? 0 : filled.rejected(),
                null,
                status.ended(),
                status.failure(),
                IndexCounts.named(status.served()),
                filled);
    }
}
