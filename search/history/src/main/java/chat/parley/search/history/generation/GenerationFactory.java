package chat.parley.search.history.generation;

import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.index.BulkWriter;
import chat.parley.search.history.index.DeadLetters;
import chat.parley.search.history.index.EventCollector;
import chat.parley.search.history.index.IndexProperties;
import chat.parley.search.history.index.MessageIndexer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;

/** Builds what fills generations, all in the same way: the one that is searched and the one that is being filled. */
public final class GenerationFactory {
    /**
     * One, and no more: Axon's coordinator asks its stream once more after it has let the next task begin. On a second
     * thread two tasks would read the same stream at once, and events would be passed over.
     */
    private static final int COORDINATOR_THREADS = 1;
    /** How soon a segment that nobody holds is taken, and how often an idle processor stores how far it is. */
    private static final long HEARTBEAT_MS = 1_000;

    private final SearchEngine engine;
    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final Documents documents;
    private final BulkWriter bulk;
    private final DeadLetters letters;
    private final IndexTokens tokens;
    private final IndexProperties properties;

    public GenerationFactory(
            SearchEngine engine,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            Documents documents,
            BulkWriter bulk,
            DeadLetters letters,
            IndexTokens tokens,
            IndexProperties properties) {
        this.engine = engine;
        this.events = events;
        this.documents = documents;
        this.bulk = bulk;
        this.letters = letters;
        this.tokens = tokens;
        this.properties = properties;
    }

    GenerationProcess started(Generation generation) {
        ScheduledExecutorService coordinators = executor("search-coordinator-" + generation, COORDINATOR_THREADS);
        ScheduledExecutorService workers = executor("search-indexer-" + generation, properties.segments());
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name(generation.processor())
                .eventHandlerInvoker(
                        new EventCollector(new MessageIndexer(generation, engine, bulk, letters, documents)))
                .messageSource(new PacedEvents(events, properties.batchRest(), coordinators))
                .tokenStore(tokens)
                .transactionManager(NoTransactionManager.instance())
                .coordinatorExecutor(coordinators)
                .workerExecutor(workers)
                .initialSegmentCount(properties.segments())
                .initialToken(StreamableMessageSource::createTailToken)
                .batchSize(properties.batchSize())
                .tokenClaimInterval(HEARTBEAT_MS)
                .claimExtensionThreshold(HEARTBEAT_MS)
                .build();
        GenerationProcess process =
                new GenerationProcess(generation, processor, tokens, List.of(coordinators, workers));
        process.start();
        return process;
    }

    private static ScheduledExecutorService executor(String name, int threads) {
        return Executors.newScheduledThreadPool(
                threads, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }
}
