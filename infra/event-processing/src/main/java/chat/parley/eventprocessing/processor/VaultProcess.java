package chat.parley.eventprocessing.processor;

import chat.parley.eventprocessing.batch.EventSelection;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.eventprocessing.batch.RecordedEventInvoker;
import chat.parley.eventprocessing.processor.ProcessorSettings.Start;
import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.eventprocessing.stream.SelectingEventSource;
import chat.parley.eventprocessing.token.StoredPositions;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Handles rare events for tables of the vault: one by one from the first event on, on one node at a time. An event whose
 * handler fails is handled again. After a crash the last events are too, so handlers are idempotent.
 */
public final class VaultProcess implements SmartLifecycle {
    private static final int BATCH = 500;
    private static final ProcessorSettings SETTINGS = new ProcessorSettings(1, BATCH, Duration.ZERO, Start.FIRST_EVENT);

    private final String name;
    private final EventSelection selection;
    private final Consumer<RecordedEvent> handler;
    private final SegmentedProcessorFactory processors;
    private @Nullable SegmentedProcessor processor;
    private @Nullable ProcessorExecutors executors;

    /** @param name the processor's name in the table of tokens */
    public VaultProcess(
            String name,
            EventSelection selection,
            Consumer<RecordedEvent> handler,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            DataSource vault,
            Serializer serializer) {
        this.name = name;
        this.selection = selection;
        this.handler = handler;
        this.processors = new SegmentedProcessorFactory(
                new SelectingEventSource(events, selection::includes),
                JdbcTokenStore.builder()
                        .connectionProvider(vault::getConnection)
                        .serializer(serializer)
                        .schema(TokenSchema.builder()
                                .setTokenTable("vault.event_tokens")
                                .build())
                        .build(),
                StoredPositions.NONE,
                new RunningProcessors(),
                NoTransactionManager.instance(),
                new ProgressSignal(),
                SETTINGS);
    }

    @Override
    public synchronized void start() {
        if (processor == null) {
            ProcessorExecutors threads = new ProcessorExecutors("coordinator-" + name + "-", "worker-" + name + "-", 1);
            SegmentedProcessor following =
                    processors.build(name, RecordedEventInvoker.each(selection, handler), threads);
            following.start();
            processor = following;
            executors = threads;
        }
    }

    @Override
    public synchronized void stop() {
        if (processor != null && executors != null) {
            processor.stop();
            executors.close();
            processor = null;
            executors = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return processor != null;
    }

    @Override
    public int getPhase() {
        return Phase.INBOUND_EVENT_CONNECTORS;
    }
}
