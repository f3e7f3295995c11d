package chat.parley.search.history.index;

import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.IndexDefinition;
import chat.parley.search.history.document.IndexFamily;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.GenerationFactory;
import chat.parley.search.history.generation.GenerationPointer;
import chat.parley.search.history.generation.GenerationProcess;
import chat.parley.search.history.generation.Generations;
import chat.parley.search.history.generation.IndexTokens;
import chat.parley.search.history.generation.RebuildJudge;
import chat.parley.search.history.generation.Rebuilds;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;

/** Assembles the parts of the index. */
final class SearchIndex {
    private final IndexTokens tokens;
    private final DeadLetters letters;
    private final Generations generations;
    private final Rebuilds rebuilds;
    private final ConsistencyCheck check;

    SearchIndex(
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
            Clock clock) {
        Documents documents = new Documents(entries, protection);
        IndexMeters meters = new IndexMeters(registry);
        BulkWriter bulk = new BulkWriter(engine, meters);
        EventHead head = new EventHead(events);
        ProgressSignal progress = new ProgressSignal();
        Indexes indexes = new Indexes(engine, family, definition);
        GenerationPointer pointer = new GenerationPointer(engine, family.generations(), clock);
        tokens = new IndexTokens(
                engine, family.tokens(), serializer, node(properties), properties.claimTimeout(), clock);
        letters = new DeadLetters(vault, clock, properties.firstRetry(), properties.maxRetryPause());
        generations = new Generations(
                indexes,
                tokens,
                letters,
                new DeadLetterRetrier(letters, bulk, documents),
                pointer,
                new GenerationFactory(engine, events, documents, bulk, letters, tokens, progress, properties),
                new RebuildJudge(indexes, tokens, letters, pointer, head, progress, properties.patience()),
                engine,
                properties,
                clock);
        rebuilds = new Rebuilds(engine, pointer, generations, indexes, tokens, letters, head);
        check = new ConsistencyCheck(engine, generations, indexes, events, entries, documents);
        meters.watch(generations::deadLetters, () -> behind(head));
    }

    private static String node(IndexProperties properties) {
        String owner = properties.owner();
        return owner == null ? ManagementFactory.getRuntimeMXBean().getName() : owner;
    }

    /** NaN while this node indexes nothing. */
    private double behind(EventHead head) {
        GenerationProcess served = generations.served();
        return served == null ? Double.NaN : Math.max(0, head.index() - served.position());
    }

    IndexTokens tokens() {
        return tokens;
    }

    DeadLetters letters() {
        return letters;
    }

    Generations generations() {
        return generations;
    }

    Rebuilds rebuilds() {
        return rebuilds;
    }

    ConsistencyCheck check() {
        return check;
    }
}
