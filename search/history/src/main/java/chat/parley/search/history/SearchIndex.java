package chat.parley.search.history;

import chat.parley.api.account.UserId;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.generation.CatchUp;
import chat.parley.eventprocessing.generation.GenerationSettings;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.eventprocessing.sharing.ReadModelOwner;
import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexDefinition;
import chat.parley.search.history.document.IndexFamily;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.erasure.RemovedTextPurge;
import chat.parley.search.history.generation.IndexCounter;
import chat.parley.search.history.generation.IndexGenerations;
import chat.parley.search.history.generation.IndexTokens;
import chat.parley.search.history.generation.IndexVerifier;
import chat.parley.search.history.generation.Rebuilds;
import chat.parley.search.history.generation.ServedIndex;
import chat.parley.search.history.generation.StoredIndexPointer;
import chat.parley.search.history.index.BulkWriter;
import chat.parley.search.history.index.DeadLetters;
import chat.parley.search.history.index.IndexMeters;
import chat.parley.search.history.index.IndexProperties;
import chat.parley.search.history.operator.ConsistencyCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;

/** Assembles the parts of the index. */
public final class SearchIndex {
    private final IndexTokens tokens;
    private final DeadLetters letters;
    private final IndexGenerations storage;
    private final GenerationSupervisor<Generation> generations;
    private final ServedIndex served;
    private final Rebuilds rebuilds;
    private final ConsistencyCheck check;

    public SearchIndex(
            IndexFamily family,
            IndexDefinition definition,
            SearchEngine engine,
            EventStore events,
            EntryLookup entries,
            TextProtection protection,
            Serializer serializer,
            DataSource vault,
            MeterRegistry registry,
            IndexProperties properties,
            SegmentOwners owners,
            Consumer<UserId> erased,
            ReadModelOwner owner,
            boolean processing,
            Clock clock) {
        Documents documents = new Documents(entries, protection);
        IndexMeters meters = new IndexMeters(registry);
        BulkWriter bulk = new BulkWriter(engine, meters);
        EventHead head = new EventHead(events);
        ProgressSignal progress = new ProgressSignal();
        Indexes indexes = new Indexes(engine, family, definition);
        StoredIndexPointer pointers = new StoredIndexPointer(engine, family.generations(), owner);
        CatchUp catchUp = new CatchUp(head, progress, properties.patience());
        RunningProcessors running = new RunningProcessors();
        owners.share(running);
        tokens = new IndexTokens(engine, family.tokens(), serializer, owners, clock);
        letters = new DeadLetters(vault, clock, properties.firstRetry(), properties.maxRetryPause());
        storage = new IndexGenerations(
                engine,
                indexes,
                pointers,
                events,
                tokens,
                documents,
                bulk,
                letters,
                new RemovedTextPurge(engine, indexes, family.tokens(), erased),
                progress,
                running,
                properties);
        IndexCounter counter = new IndexCounter(indexes, tokens, letters);
        generations = new GenerationSupervisor<>(
                pointers,
                storage,
                new IndexVerifier(counter),
                catchUp,
                new GenerationSettings(
                        "search-index",
                        owner.epoch().value(),
                        definition.format(),
                        processing,
                        false,
                        properties.supervision(),
                        properties.retireAfter()),
                clock);
        served = new ServedIndex(generations, catchUp);
        rebuilds = new Rebuilds(engine, generations, indexes, counter);
        check = new ConsistencyCheck(engine, served, indexes, events, entries, documents);
        meters.watch(storage::deadLetters, () -> behind(head));
    }

    /** NaN while this node indexes nothing. */
    private double behind(EventHead head) {
        return generations
                .findServed()
                .map(generation -> (double) Math.max(0, head.index() - generation.position()))
                .orElse(Double.NaN);
    }

    public IndexTokens tokens() {
        return tokens;
    }

    public DeadLetters letters() {
        return letters;
    }

    public IndexGenerations storage() {
        return storage;
    }

    public GenerationSupervisor<Generation> generations() {
        return generations;
    }

    public ServedIndex served() {
        return served;
    }

    public Rebuilds rebuilds() {
        return rebuilds;
    }

    public ConsistencyCheck check() {
        return check;
    }
}
