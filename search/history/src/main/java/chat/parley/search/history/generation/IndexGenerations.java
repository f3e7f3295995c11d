package chat.parley.search.history.generation;

import chat.parley.api.process.StartupFailure;
import chat.parley.eventprocessing.batch.BatchWritingTokenStore;
import chat.parley.eventprocessing.batch.RecordedEventInvoker;
import chat.parley.eventprocessing.generation.GenerationPointerStore;
import chat.parley.eventprocessing.generation.GenerationRejected;
import chat.parley.eventprocessing.generation.GenerationStorage;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.eventprocessing.processor.ProcessorExecutors;
import chat.parley.eventprocessing.processor.ProcessorSettings;
import chat.parley.eventprocessing.processor.ProcessorSettings.Start;
import chat.parley.eventprocessing.processor.SegmentedProcessor;
import chat.parley.eventprocessing.processor.SegmentedProcessorFactory;
import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.eventprocessing.token.SegmentClaims;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.document.Indexes.Survey;
import chat.parley.search.history.engine.EngineInitializer;
import chat.parley.search.history.engine.EngineRejected;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.SearchEngine.State;
import chat.parley.search.history.erasure.RemovedTextPurge;
import chat.parley.search.history.erasure.TextRemover;
import chat.parley.search.history.index.BulkWriter;
import chat.parley.search.history.index.DeadLetterRetrier;
import chat.parley.search.history.index.DeadLetters;
import chat.parley.search.history.index.IndexProperties;
import chat.parley.search.history.index.IndexedEvents;
import chat.parley.search.history.index.MessageIndexer;
import java.util.List;
import java.util.Set;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The indexes and processors of each generation, in Elasticsearch. The aliases lead searches to the served generation. A
 * generation is not refreshed before the aliases lead to it.
 */
public final class IndexGenerations implements GenerationStorage<Generation>, EngineInitializer {
    private final SearchEngine engine;
    private final Indexes indexes;
    private final GenerationPointerStore pointers;
    private final IndexTokens tokens;
    private final Documents documents;
    private final BulkWriter bulk;
    private final DeadLetters letters;
    private final DeadLetterRetrier retrier;
    private final RemovedTextPurge purge;
    private final SegmentedProcessorFactory processors;
    private final int segments;
    private volatile long deadLetters;

    public IndexGenerations(
            SearchEngine engine,
            Indexes indexes,
            GenerationPointerStore pointers,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            IndexTokens tokens,
            Documents documents,
            BulkWriter bulk,
            DeadLetters letters,
            RemovedTextPurge purge,
            ProgressSignal progress,
            RunningProcessors running,
            IndexProperties properties) {
        this.engine = engine;
        this.indexes = indexes;
        this.pointers = pointers;
        this.tokens = tokens;
        this.documents = documents;
        this.bulk = bulk;
        this.letters = letters;
        this.purge = purge;
        this.retrier = new DeadLetterRetrier(letters, bulk, documents);
        this.processors = new SegmentedProcessorFactory(
                events,
                new BatchWritingTokenStore(tokens, SegmentClaims.NONE, progress::advanced),
                tokens,
                running,
                NoTransactionManager.instance(),
                progress,
                new ProcessorSettings(
                        properties.segments(), properties.batchSize(), properties.batchRest(), Start.FIRST_EVENT));
        this.segments = properties.segments();
    }

    /** Creates the indexes that searches need, though nothing may be in them yet. */
    @Override
    public void prepare(SearchEngine answering) {
        indexes.createShared();
        Generation active = indexes.generation(pointers.read().active());
        lead(active, created(active));
    }

    @Override
    public boolean isAvailable() {
        return engine.state() == State.UP;
    }

    @Override
    public RunningGeneration<Generation> open(int number) {
        Generation generation = indexes.generation(number);
        if (!created(generation).isSearched(generation)) {
            indexes.rest(generation);
        }
        ProcessorExecutors executors = new ProcessorExecutors(
                "search-coordinator-" + generation + "-", "search-indexer-" + generation + "-", segments + 1);
        MessageIndexer indexer = new MessageIndexer(generation, engine, bulk, letters, documents);
        SegmentedProcessor indexing = processors.build(
                generation.processor(),
                RecordedEventInvoker.batches(IndexedEvents.SELECTION, new IndexedEvents(indexer)),
                executors);
        SegmentedProcessor removing = processors.buildAfter(
                indexing,
                generation.remover(),
                RecordedEventInvoker.batches(
                        TextRemover.SELECTION, new TextRemover(generation, engine, indexes, purge)),
                executors);
        return new RunningGeneration<>(number, generation, List.of(indexing, removing), executors);
    }

    /** Creates the generation's indexes. Tokens of a generation that has lost one of its indexes are of no use. */
    private synchronized Survey created(Generation generation) {
        Survey found = indexes.survey();
        if (found.isOfNewerFormat(generation)) {
            throw new StartupFailure(
                    "Generation " + generation + " of the search index has the format of a newer version of Parley."
                            + " Nothing was changed",
                    "Start the newer version. To go back to this one, delete the indexes parley-*: Parley builds them"
                            + " again from the events");
        }
        if (found.isComplete(generation)) {
            return found;
        }
        remove(generation.number());
        try {
            indexes.create(generation);
        } catch (EngineRejected e) {
            throw new GenerationRejected(e);
        }
        return indexes.survey();
    }

    @Override
    public void serve(RunningGeneration<Generation> generation) {
        indexes.wake(generation.store());
        lead(generation.store(), indexes.survey());
    }

    private void lead(Generation generation, Survey now) {
        if (!now.isSearched(generation)) {
            indexes.serve(generation, now);
        }
    }

    @Override
    public boolean isOutdated(RunningGeneration<Generation> served) {
        return !indexes.survey().isOfThisFormat(served.store());
    }

    @Override
    public void maintain(RunningGeneration<Generation> served, @Nullable RunningGeneration<Generation> filling) {
        lead(served.store(), indexes.survey());
        retrier.retry(served.store());
        deadLetters = letters.count(served.store());
        purge.advance(served.store(), true);
        if (filling != null) {
            retrier.retry(filling.store());
            purge.advance(filling.store(), false);
        }
    }

    /** The rejected documents of the served generation, as of the last supervision. */
    public long deadLetters() {
        return deadLetters;
    }

    @Override
    public Set<Integer> present() {
        return indexes.survey().generations();
    }

    @Override
    public void remove(int number) {
        Generation generation = indexes.generation(number);
        tokens.forget(generation.processor());
        tokens.forget(generation.remover());
        purge.forget(generation);
        letters.forget(generation);
        indexes.drop(generation);
    }
}
