package chat.parley.search.history.generation;

import chat.parley.search.history.document.EventCounts;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexCounts;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.index.DeadLetters;

/** Counts what a generation has indexed, and what it holds. */
public final class IndexCounter {
    private final Indexes indexes;
    private final IndexTokens tokens;
    private final DeadLetters letters;

    public IndexCounter(Indexes indexes, IndexTokens tokens, DeadLetters letters) {
        this.indexes = indexes;
        this.tokens = tokens;
        this.letters = letters;
    }

    /** The events that the generation has indexed on all nodes together. */
    EventCounts events(Generation generation) {
        return tokens.tally(generation.processor());
    }

    /** All events up to this global index are in the generation on all nodes together; -1 where none is. */
    long position(Generation generation) {
        return tokens.of(generation.processor()).values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(-1);
    }

    long rejected(Generation generation) {
        return letters.count(generation);
    }

    /** What it holds as of the last refresh. */
    IndexCounts documents(Generation generation) {
        return indexes.counts(generation, events(generation), rejected(generation));
    }

    /** What it holds now; it has indexed at least these events. */
    IndexCounts refreshed(Generation generation, EventCounts events) {
        indexes.refresh(generation);
        return indexes.counts(generation, events, rejected(generation));
    }
}
