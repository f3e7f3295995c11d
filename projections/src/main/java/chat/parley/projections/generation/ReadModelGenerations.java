package chat.parley.projections.generation;

import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.eventprocessing.batch.BatchWritingTokenStore;
import chat.parley.eventprocessing.batch.RecordedEventInvoker;
import chat.parley.eventprocessing.generation.GenerationPointer;
import chat.parley.eventprocessing.generation.GenerationStorage;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.eventprocessing.processor.ProcessorExecutors;
import chat.parley.eventprocessing.processor.ProcessorSettings;
import chat.parley.eventprocessing.processor.ProcessorSettings.Start;
import chat.parley.eventprocessing.processor.SegmentedProcessorFactory;
import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.token.SegmentClaims;
import chat.parley.eventprocessing.token.StoredPositions;
import chat.parley.projections.account.UserProjectionWriter;
import chat.parley.projections.inbox.InboxWriter;
import chat.parley.projections.processing.EventGroup;
import chat.parley.projections.processing.MongoTokens;
import chat.parley.projections.processing.ReadSideProperties;
import chat.parley.projections.query.ReadModelSignals;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;

/** The collections and processors of each generation, in MongoDB. */
public final class ReadModelGenerations implements GenerationStorage<ReadModelStore> {
    private final MongoDatabase database;
    private final TextProtection protection;
    private final KeyedHash hash;
    private final Consumer<UserId> erased;
    private final SegmentedProcessorFactory processors;
    private final MongoTokens tokens;
    private final ReadModelSignals signals;
    private final ReadSideProperties properties;
    private final MessageTraces traces;

    public ReadModelGenerations(
            MongoDatabase database,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            TextProtection protection,
            KeyedHash hash,
            Consumer<UserId> erased,
            TokenStore tokenStore,
            MongoTokens tokens,
            SegmentClaims claims,
            StoredPositions positions,
            RunningProcessors running,
            ReadModelSignals signals,
            ReadSideProperties properties,
            MessageTraces traces) {
        this.database = database;
        this.protection = protection;
        this.hash = hash;
        this.erased = erased;
        this.processors = new SegmentedProcessorFactory(
                events,
                new BatchWritingTokenStore(tokenStore, claims, signals.progress()::advanced),
                positions,
                running,
                NoTransactionManager.instance(),
                signals.progress(),
                new ProcessorSettings(
                        properties.segments(), properties.batchSize(), properties.batchRest(), Start.FIRST_EVENT));
        this.tokens = tokens;
        this.signals = signals;
        this.properties = properties;
        this.traces = traces;
    }

    @Override
    public RunningGeneration<ReadModelStore> open(int generation) {
        String name = GenerationPointer.name(generation);
        ReadModelStore store = new ReadModelStore(database, name);
        ProcessorExecutors executors = new ProcessorExecutors(
                "coordinator-" + name + "-", "projector-" + name + "-", properties.segments() + 1);
        return new RunningGeneration<>(
                generation,
                store,
                List.of(
                        processors.build(
                                EventGroup.INBOX.processor(name),
                                RecordedEventInvoker.batches(
                                        EventGroup.INBOX,
                                        TracedWriter.of(new InboxWriter(store, signals::headMoved), traces)),
                                executors),
                        processors.build(
                                EventGroup.ACCOUNTS.processor(name),
                                RecordedEventInvoker.batches(
                                        EventGroup.ACCOUNTS, new UserProjectionWriter(store, protection, hash, erased)),
                                executors)),
                executors);
    }

    @Override
    public Set<Integer> present() {
        return ReadModelStore.generationsIn(database).stream()
                .map(GenerationPointer::number)
                .collect(Collectors.toSet());
    }

    @Override
    public void remove(int generation) {
        String name = GenerationPointer.name(generation);
        for (EventGroup group : EventGroup.values()) {
            tokens.forget(group.processor(name));
        }
        new ReadModelStore(database, name).drop();
    }
}
