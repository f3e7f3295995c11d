package chat.parley.notifications.decision;

import chat.parley.eventprocessing.batch.RecordedEventInvoker;
import chat.parley.eventprocessing.processor.ProcessorExecutors;
import chat.parley.eventprocessing.processor.ProcessorSettings;
import chat.parley.eventprocessing.processor.ProcessorSettings.Start;
import chat.parley.eventprocessing.processor.SegmentedProcessor;
import chat.parley.eventprocessing.processor.SegmentedProcessorFactory;
import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.eventprocessing.stream.SelectingEventSource;
import chat.parley.eventprocessing.token.StoredPositions;
import chat.parley.vault.VaultTransactions;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Follows the event stream from the day on which notifications are first switched on; on one node at a time. */
public final class NotifierProcess implements SmartLifecycle {
    private static final String NAME = "notifications";
    private static final int BATCH = 500;
    private static final ProcessorSettings SETTINGS = new ProcessorSettings(1, BATCH, Duration.ZERO, Start.HEAD);

    private final Notifier notifier;
    private final NotificationDispatcher deliveries;
    private final NotificationQueue outbox;
    private final SegmentedProcessorFactory processors;
    private final ProcessorExecutors executors =
            new ProcessorExecutors("coordinator-" + NAME + "-", "worker-" + NAME + "-", 1);
    private volatile @Nullable SegmentedProcessor processor;

    public NotifierProcess(
            Notifier notifier,
            NotificationDispatcher deliveries,
            NotificationQueue outbox,
            PendingMessages waiting,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            DataSource vault,
            Serializer serializer) {
        this.notifier = notifier;
        this.deliveries = deliveries;
        this.outbox = outbox;
        TokenStore tokens = JdbcTokenStore.builder()
                .connectionProvider(new TransactionAwareDataSourceProxy(vault)::getConnection)
                .serializer(serializer)
                .schema(TokenSchema.builder().setTokenTable("vault.push_tokens").build())
                .build();
        this.processors = new SegmentedProcessorFactory(
                new SelectingEventSource(events, Notifier.SELECTION::includes),
                new DecidedTokenStore(tokens, waiting),
                StoredPositions.NONE,
                new RunningProcessors(),
                new VaultTransactions(new DataSourceTransactionManager(vault)),
                new ProgressSignal(),
                SETTINGS);
    }

    @Override
    public void start() {
        deliveries.start();
        SegmentedProcessor following =
                processors.build(NAME, RecordedEventInvoker.each(Notifier.SELECTION, notifier::handle), executors);
        following.start();
        processor = following;
    }

    @Override
    public void stop() {
        SegmentedProcessor following = processor;
        if (following != null) {
            following.stop();
            processor = null;
        }
        deliveries.close();
        outbox.close();
        executors.close();
    }

    @Override
    public boolean isRunning() {
        return processor != null;
    }

    @Override
    public int getPhase() {
        return Phase.INBOUND_EVENT_CONNECTORS;
    }
}
