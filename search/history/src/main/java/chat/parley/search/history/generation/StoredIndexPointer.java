package chat.parley.search.history.generation;

import chat.parley.eventprocessing.generation.GenerationPointer;
import chat.parley.eventprocessing.generation.GenerationPointerStore;
import chat.parley.eventprocessing.generation.RebuildFailure;
import chat.parley.eventprocessing.generation.RebuildOutcome;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.eventprocessing.sharing.ReadModelOwner;
import chat.parley.search.history.document.IndexCounts;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.VersionedDocument;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The pointer as the only document of an index, changed by compare-and-set on its sequence number. The document also names
 * the installation that the indexes belong to.
 */
public final class StoredIndexPointer implements GenerationPointerStore {
    private static final String ID = "search";

    private final SearchEngine engine;
    private final String index;
    private final ReadModelOwner owner;

    public StoredIndexPointer(SearchEngine engine, String index, ReadModelOwner owner) {
        this.engine = engine;
        this.index = index;
        this.owner = owner;
    }

    /** Times are in epoch milliseconds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Pointer(
            int active,
            @Nullable Integer next,
            @Nullable Long since,
            int last,
            @Nullable Integer previous,
            @Nullable Long switchedAt,
            @Nullable Outcome outcome,
            @Nullable String epoch,
            @Nullable String installation) {
        static Pointer of(GenerationPointer pointer, ReadModelOwner owner) {
            RebuildOutcome outcome = pointer.outcome();
            return new Pointer(
                    pointer.active(),
                    pointer.next(),
                    millis(pointer.since()),
                    pointer.last(),
                    pointer.previous(),
                    millis(pointer.switchedAt()),
                    outcome == null ? null : Outcome.of(outcome),
                    pointer.epoch(),
                    owner.installation().value());
        }

        GenerationPointer pointer() {
            return new GenerationPointer(
                    active,
                    next,
                    instant(since),
                    last,
                    previous,
                    instant(switchedAt),
                    outcome == null ? null : outcome.outcome(),
                    epoch);
        }
    }

    /** Earlier versions stored neither a format nor a position nor when the rebuild began. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Outcome(
            int generation,
            @Nullable Long at,
            @Nullable RebuildFailure failure,
            @Nullable IndexCounts served,
            @Nullable IndexCounts filled,
            @Nullable Integer format,
            @Nullable Long position,
            @Nullable Long since) {
        static Outcome of(RebuildOutcome outcome) {
            return new Outcome(
                    outcome.generation(),
                    millis(outcome.ended()),
                    outcome.failure(),
                    IndexCounts.named(outcome.served()),
                    IndexCounts.named(outcome.filled()),
                    outcome.format(),
                    outcome.position(),
                    millis(outcome.since()));
        }

        RebuildOutcome outcome() {
            return new RebuildOutcome(
                    generation,
                    failure == null ? RebuildState.DONE : RebuildState.FAILED,
                    failure,
                    format == null ? 0 : format,
                    position == null ? -1 : position,
                    instant(since),
                    instant(at),
                    IndexCounts.byName(served),
                    IndexCounts.byName(filled));
        }
    }

    @Override
    public GenerationPointer read() {
        return find().value().pointer();
    }

    @Override
    public boolean compareAndSet(GenerationPointer expected, GenerationPointer changed) {
        VersionedDocument<Pointer> found = find();
        return found.value().pointer().equals(expected) && found.replace(engine, index, ID, Pointer.of(changed, owner));
    }

    private VersionedDocument<Pointer> find() {
        VersionedDocument<Pointer> found = findOrCreate();
        Pointer pointer = found.value();
        if (owner.adopts("Elasticsearch", "delete the indexes parley-*", pointer.installation(), pointer.epoch())) {
            found.replace(engine, index, ID, Pointer.of(pointer.pointer(), owner));
            return find();
        }
        return found;
    }

    private VersionedDocument<Pointer> findOrCreate() {
        return VersionedDocument.find(engine, index, ID, Pointer.class).orElseGet(() -> {
            VersionedDocument.create(engine, index, ID, Pointer.of(GenerationPointer.first(), owner));
            return VersionedDocument.find(engine, index, ID, Pointer.class)
                    .orElseThrow(() -> new IllegalStateException("The pointer to the search index was removed"));
        });
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
