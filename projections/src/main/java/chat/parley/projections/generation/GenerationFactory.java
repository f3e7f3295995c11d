package chat.parley.projections.generation;

import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.projections.ReadSideProperties;
import chat.parley.projections.account.PeopleWriter;
import chat.parley.projections.inbox.InboxWriter;
import chat.parley.projections.processing.BatchWriter;
import chat.parley.projections.processing.EventGroup;
import chat.parley.projections.processing.GroupProcessor;
import chat.parley.projections.processing.PacedEvents;
import chat.parley.projections.processing.Projector;
import chat.parley.projections.processing.TokenPositions;
import chat.parley.projections.processing.WritingTokenStore;
import chat.parley.projections.query.ReadModelSignals;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;

/** Builds generations, all in the same way: the one that is served and the one that is being filled. */
public final class GenerationFactory {
    /**
     * One, and no more: Axon's coordinator asks its stream once more after it has let the next task begin. On a second
     * thread two tasks would read the same stream at once, and events would be passed over.
     */
    private static final int COORDINATOR_THREADS = 1;
    /** How soon a segment that nobody holds is taken, and how often an idle processor stores how far it is. */
    private static final long HEARTBEAT_MS = 1_000;

    private final MongoDatabase database;
    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final TextProtection protection;
    private final KeyedHash hash;
    private final TokenStore tokenStore;
    private final TokenPositions tokenPositions;
    private final ReadModelSignals signals;
    private final ReadSideProperties properties;

    public GenerationFactory(
            MongoDatabase database,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            TextProtection protection,
            KeyedHash hash,
            TokenStore tokenStore,
            TokenPositions tokenPositions,
            ReadModelSignals signals,
            ReadSideProperties properties) {
        this.database = database;
        this.events = events;
        this.protection = protection;
        this.hash = hash;
        this.tokenStore = new WritingTokenStore(tokenStore, signals::advanced);
        this.tokenPositions = tokenPositions;
        this.signals = signals;
        this.properties = properties;
    }

    Generation build(String name) {
        ReadModelStore store = new ReadModelStore(database, name);
        ScheduledExecutorService coordinators = executor("coordinator-" + name + "-", COORDINATOR_THREADS);
        ScheduledExecutorService workers = executor("projector-" + name + "-", properties.segments() + 1);
        return new Generation(
                name,
                store,
                List.of(
                        processor(
                                EventGroup.INBOX,
                                name,
                                new InboxWriter(store, signals::headMoved),
                                coordinators,
                                workers),
                        processor(
                                EventGroup.ACCOUNTS,
                                name,
                                new PeopleWriter(store, protection, hash),
                                coordinators,
                                workers)),
                List.of(coordinators, workers));
    }

    /** Everything of a generation that no longer runs. */
    void remove(String name) {
        for (EventGroup group : EventGroup.values()) {
            tokenPositions.forget(group.processor(name));
        }
        new ReadModelStore(database, name).drop();
    }

    private GroupProcessor processor(
            EventGroup group,
            String generation,
            BatchWriter writer,
            ScheduledExecutorService coordinators,
            ScheduledExecutorService workers) {
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name(group.processor(generation))
                .eventHandlerInvoker(new Projector(group, writer))
                .messageSource(new PacedEvents(events, properties.batchRest(), coordinators, signals))
                .tokenStore(tokenStore)
                .transactionManager(NoTransactionManager.instance())
                .coordinatorExecutor(coordinators)
                .workerExecutor(workers)
                .initialSegmentCount(properties.segments())
                .initialToken(StreamableMessageSource::createTailToken)
                .batchSize(properties.batchSize())
                .tokenClaimInterval(HEARTBEAT_MS)
                .claimExtensionThreshold(HEARTBEAT_MS)
                .build();
        return new GroupProcessor(group, processor, tokenPositions);
    }

    private static ScheduledExecutorService executor(String prefix, int threads) {
        return Executors.newScheduledThreadPool(
                threads, Thread.ofPlatform().daemon().name(prefix, 0).factory());
    }
}
