package chat.parley.notifications.decision;

import chat.parley.vault.VaultTransactions;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
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
    private static final long HEARTBEAT_MS = 1_000;

    private final Notifier notifier;
    private final Deliveries deliveries;
    private final NotificationQueue outbox;
    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final ScheduledExecutorService coordinator = executor("coordinator-");
    private final ScheduledExecutorService worker = executor("worker-");
    private volatile @Nullable PooledStreamingEventProcessor processor;

    public NotifierProcess(
            Notifier notifier,
            Deliveries deliveries,
            NotificationQueue outbox,
            PendingDecisions waiting,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            DataSource vault,
            Serializer serializer) {
        this.notifier = notifier;
        this.deliveries = deliveries;
        this.outbox = outbox;
        this.events = events;
        this.transactions = new VaultTransactions(new DataSourceTransactionManager(vault));
        this.tokens = new DecidedTokenStore(
                JdbcTokenStore.builder()
                        .connectionProvider(new TransactionAwareDataSourceProxy(vault)::getConnection)
                        .serializer(serializer)
                        .schema(TokenSchema.builder()
                                .setTokenTable("vault.push_tokens")
                                .build())
                        .build(),
                waiting);
    }

    private static ScheduledExecutorService executor(String role) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(role + NAME).factory());
    }

    @Override
    public void start() {
        deliveries.start();
        PooledStreamingEventProcessor following = PooledStreamingEventProcessor.builder()
                .name(NAME)
                .eventHandlerInvoker(notifier)
                .messageSource(events)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .coordinatorExecutor(coordinator)
                .workerExecutor(worker)
                .initialSegmentCount(1)
                .initialToken(StreamableMessageSource::createHeadToken)
                .batchSize(BATCH)
                .tokenClaimInterval(HEARTBEAT_MS)
                .claimExtensionThreshold(HEARTBEAT_MS)
                .build();
        following.start();
        processor = following;
    }

    @Override
    public void stop() {
        PooledStreamingEventProcessor following = processor;
        if (following != null) {
            following.shutDown();
            processor = null;
        }
        deliveries.close();
        outbox.close();
        coordinator.shutdown();
        worker.shutdown();
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
