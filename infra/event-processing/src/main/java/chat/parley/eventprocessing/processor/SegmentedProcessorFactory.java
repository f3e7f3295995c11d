package chat.parley.eventprocessing.processor;

import chat.parley.eventprocessing.processor.ProcessorSettings.Start;
import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.stream.FollowingEventSource;
import chat.parley.eventprocessing.stream.LingeringEventSource;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.eventprocessing.token.StoredPositions;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;

/** Builds the processors of one module with the same settings. */
public final class SegmentedProcessorFactory {
    /** Interval for claiming free segments, and for storing the progress of an idle processor. */
    private static final long HEARTBEAT_MS = 1_000;

    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final TokenStore tokens;
    private final StoredPositions positions;
    private final RunningProcessors running;
    private final TransactionManager transactions;
    private final ProgressSignal progress;
    private final ProcessorSettings settings;

    public SegmentedProcessorFactory(
            StreamableMessageSource<TrackedEventMessage<?>> events,
            TokenStore tokens,
            StoredPositions positions,
            RunningProcessors running,
            TransactionManager transactions,
            ProgressSignal progress,
            ProcessorSettings settings) {
        this.events = events;
        this.tokens = tokens;
        this.positions = positions;
        this.running = running;
        this.transactions = transactions;
        this.progress = progress;
        this.settings = settings;
    }

    /** Builds a processor that is not started yet. */
    public SegmentedProcessor build(String name, EventHandlerInvoker invoker, ProcessorExecutors executors) {
        return build(name, invoker, executors, settings.segments(), source(executors));
    }

    /**
     * Builds a processor with one segment that handles an event only after another processor has. It is not started yet.
     */
    public SegmentedProcessor buildAfter(
            SegmentedProcessor other, String name, EventHandlerInvoker invoker, ProcessorExecutors executors) {
        return build(
                name,
                invoker,
                executors,
                1,
                new FollowingEventSource(events, other::position, executors.coordinators()));
    }

    private SegmentedProcessor build(
            String name,
            EventHandlerInvoker invoker,
            ProcessorExecutors executors,
            int segments,
            StreamableMessageSource<TrackedEventMessage<?>> source) {
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(invoker)
                .messageSource(source)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .coordinatorExecutor(executors.coordinators())
                .workerExecutor(executors.workers())
                .initialSegmentCount(segments)
                .initialToken(from -> settings.start() == Start.HEAD ? from.createHeadToken() : from.createTailToken())
                .batchSize(settings.batchSize())
                .tokenClaimInterval(HEARTBEAT_MS)
                .claimExtensionThreshold(HEARTBEAT_MS)
                .build();
        return new SegmentedProcessor(processor, tokens, positions, running);
    }

    private StreamableMessageSource<TrackedEventMessage<?>> source(ProcessorExecutors executors) {
        return settings.linger().isZero()
                ? events
                : new LingeringEventSource(events, settings.linger(), executors.coordinators(), progress);
    }
}
