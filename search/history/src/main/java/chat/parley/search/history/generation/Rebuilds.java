package chat.parley.search.history.generation;

import chat.parley.eventprocessing.generation.GenerationPointer;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.eventprocessing.generation.RebuildReport;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.eventprocessing.generation.RebuildTarget;
import chat.parley.eventprocessing.generation.SupervisedRebuild;
import chat.parley.search.history.document.EventCounts;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexCounts;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.engine.SearchEngine;

/** Begins and cancels rebuilds of the search index for operators, and tells their progress. */
public final class Rebuilds implements RebuildTarget {
    private final RebuildTarget rebuild;
    private final Indexes indexes;
    private final IndexCounter counter;

    public Rebuilds(
            SearchEngine engine, GenerationSupervisor<Generation> generations, Indexes indexes, IndexCounter counter) {
        this.indexes = indexes;
        this.counter = counter;
        this.rebuild = new SupervisedRebuild(
                "search", generations, engine::require, next -> counter.position(generation(indexes, next)));
    }

    private static Generation generation(Indexes indexes, String name) {
        return indexes.generation(GenerationPointer.number(name));
    }

    @Override
    public String name() {
        return rebuild.name();
    }

    @Override
    public RebuildReport begin() {
        return rebuild.begin();
    }

    @Override
    public void cancel() {
        rebuild.cancel();
    }

    @Override
    public RebuildReport report() {
        return rebuild.report();
    }

    /** With what is indexed so far. */
    public RebuildProgress progress() {
        RebuildReport report = rebuild.report();
        String next = report.generation();
        if (report.state() == RebuildState.FILLING && next != null) {
            Generation generation = generation(indexes, next);
            EventCounts events = counter.events(generation);
            return RebuildProgress.of(
                    report,
                    report.events(),
                    new IndexCounts(
                            report.events(),
                            events.sent(),
                            events.retracted(),
                            events.past(),
                            counter.rejected(generation)));
        }
        IndexCounts filled = IndexCounts.named(report.filled());
        return filled == null
                ? RebuildProgress.of(report, 0, new IndexCounts(0, 0, 0, 0, 0))
                : RebuildProgress.of(report, filled.events(), filled);
    }
}
