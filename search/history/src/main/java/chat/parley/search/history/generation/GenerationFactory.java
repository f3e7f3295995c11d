package chat.parley.search.history.generation;

import chat.parley.eventprocessing.batch.BatchWritingTokenStore;
import chat.parley.eventprocessing.batch.RecordedEventInvoker;
import chat.parley.eventprocessing.processor.ProcessorExecutors;
import chat.parley.eventprocessing.processor.ProcessorSettings;
import chat.parley.eventprocessing.processor.ProcessorSettings.Start;
import chat.parley.eventprocessing.processor.SegmentedProcessorFactory;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.index.BulkWriter;
import chat.parley.search.history.index.DeadLetters;
import chat.parley.search.history.index.IndexProperties;
import chat.parley.search.history.index.IndexedEvents;
import chat.parley.search.history.index.MessageIndexer;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;

/** Builds what fills generations, all in the same way: the one that is searched and the one that is being filled. */
public final class GenerationFactory {
    private final SearchEngine engine;
    private final Documents documents;
    private final BulkWriter bulk;
    private final DeadLetters letters;
    private final SegmentedProcessorFactory processors;
    private final IndexProperties properties;

    public GenerationFactory(
            SearchEngine engine,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            Documents documents,
            BulkWriter bulk,
            DeadLetters letters,
            IndexTokens tokens,
            ProgressSignal progress,
            IndexProperties properties) {
        this.engine = engine;
        this.documents = documents;
        this.bulk = bulk;
        this.letters = letters;
        this.processors = new SegmentedProcessorFactory(
                events,
                new BatchWritingTokenStore(tokens, progress::advanced),
                tokens,
                NoTransactionManager.instance(),
                progress,
                new ProcessorSettings(
                        properties.segments(), properties.batchSize(), properties.batchRest(), Start.FIRST_EVENT));
        this.properties = properties;
    }

    GenerationProcess started(Generation generation) {
        ProcessorExecutors executors = new ProcessorExecutors(
                "search-coordinator-" + generation + "-", "search-indexer-" + generation + "-", properties.segments());
        MessageIndexer indexer = new MessageIndexer(generation, engine, bulk, letters, documents);
        GenerationProcess process = new GenerationProcess(
                generation,
                processors.build(
                        generation.processor(),
                        RecordedEventInvoker.batches(IndexedEvents.SELECTION, new IndexedEvents(indexer)),
                        executors),
                executors);
        process.start();
        return process;
    }
}
