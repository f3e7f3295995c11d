package chat.parley.app;

import java.util.concurrent.Executor;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots of the cached aggregate. Axon's own snapshotter reads and decodes all events since the last snapshot
 * again, which takes a sixth of the time of handling a message.
 */
final class LiveSnapshotter implements Snapshotter {
    private static final Logger log = LoggerFactory.getLogger(LiveSnapshotter.class);

    private final Configuration axon;
    private final EventStore eventStore;
    private final Executor executor;

    LiveSnapshotter(Configuration axon, EventStore eventStore, Executor executor) {
        this.axon = axon;
        this.eventStore = eventStore;
        this.executor = executor;
    }

    @Override
    public void scheduleSnapshot(Class<?> aggregateType, String aggregateIdentifier) {
        executor.execute(() -> take(aggregateType, aggregateIdentifier));
    }

    /** The aggregate is locked, so that it does not change while it is serialised. */
    private void take(Class<?> type, String id) {
        try {
            DefaultUnitOfWork.startAndGet(null)
                    .executeWithResult(() -> {
                        store(id, axon.repository(type).load(id));
                        return true;
                    })
                    .getPayload();
        } catch (RuntimeException failed) {
            log.warn("The snapshot of {} {} failed; the next one replaces it", type.getSimpleName(), id, failed);
        }
    }

    private <T> void store(String id, Aggregate<T> aggregate) {
        aggregate.execute(root -> eventStore.storeSnapshot(
                new GenericDomainEventMessage<>(aggregate.type(), id, aggregate.version(), root)));
    }
}
