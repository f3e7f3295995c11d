package chat.parley.search.history.generation;

import chat.parley.search.history.document.IndexCounts;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.VersionedDocument;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one document that says which generation is searched and which is being filled; the aliases follow it. Changed by
 * compare-and-set only.
 */
public final class GenerationPointer {
    private static final String ID = "search";

    private final SearchEngine engine;
    private final String index;
    private final Clock clock;

    public GenerationPointer(SearchEngine engine, String index, Clock clock) {
        this.engine = engine;
        this.index = index;
        this.clock = clock;
    }

    /**
     * @param active     is searched
     * @param next       is being filled, to be searched after that
     * @param since      when it was begun, in epoch milliseconds
     * @param last       the newest there ever was; numbers are not used again
     * @param previous   was searched until {@code switchedAt}
     * @param switchedAt in epoch milliseconds
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pointer(
            int active,
            @Nullable Integer next,
            @Nullable Long since,
            int last,
            @Nullable Integer previous,
            @Nullable Long switchedAt,
            @Nullable RebuildOutcome outcome) {
        private static final Pointer FIRST = new Pointer(1, null, null, 1, null, null, null);

        boolean isFilling(int generation) {
            return next != null && next == generation;
        }

        private Pointer beginning(long now) {
            return new Pointer(active, last + 1, now, last + 1, previous, switchedAt, outcome);
        }

        private Pointer serving(RebuildOutcome done) {
            return new Pointer(done.generation(), null, null, last, active, done.at(), done);
        }

        private Pointer givingUp(RebuildOutcome failed) {
            return new Pointer(active, null, null, last, previous, switchedAt, failed);
        }
    }

    /** Begins with the first generation. */
    public Pointer read() {
        return find().value();
    }

    private VersionedDocument<Pointer> find() {
        return VersionedDocument.find(engine, index, ID, Pointer.class).orElseGet(() -> {
            VersionedDocument.create(engine, index, ID, Pointer.FIRST);
            return VersionedDocument.find(engine, index, ID, Pointer.class)
                    .orElseThrow(() -> new IllegalStateException("The pointer to the search index was removed"));
        });
    }

    /** Begins to fill the next one, unless one is being filled; whether this call was the one that did. */
    public boolean begin() {
        return change(before -> before.next() == null, before -> before.beginning(clock.millis()));
    }

    /** Whether this call was the one that gave it up. */
    boolean giveUp(int next, RebuildFailure why, @Nullable IndexCounts served, @Nullable IndexCounts filled) {
        return change(
                before -> before.isFilling(next),
                before -> before.givingUp(new RebuildOutcome(next, clock.millis(), why, served, filled)));
    }

    /** Whether this call was the one that switched. */
    boolean serve(int next, IndexCounts served, IndexCounts filled) {
        return change(
                before -> before.isFilling(next),
                before -> before.serving(new RebuildOutcome(next, clock.millis(), null, served, filled)));
    }

    private boolean change(Predicate<Pointer> expected, UnaryOperator<Pointer> change) {
        while (true) {
            VersionedDocument<Pointer> found = find();
            if (!expected.test(found.value())) {
                return false;
            }
            if (found.replace(engine, index, ID, change.apply(found.value()))) {
                return true;
            }
        }
    }
}
