package chat.parley.eventstore.aggregate;

import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.RepositorySpanFactory;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of one type on a node that is one of several. A cached aggregate may be behind the event store,
 * because other nodes store events of it. The repository records which aggregates of a command came from the cache, for
 * {@link StaleAggregateInterceptor}.
 */
public final class SharedAggregateRepository<T> extends CachingEventSourcingRepository<T> {
    private final Cache cache;

    private SharedAggregateRepository(EventSourcingRepository.Builder<T> builder, Cache cache) {
        super(builder);
        this.cache = cache;
    }

    /** A repository as Axon's own configuration builds it. An id of another aggregate type finds nothing. */
    public static <T> SharedAggregateRepository<T> of(
            Class<T> type, Configuration axon, Cache cache, LockFactory locks, SnapshotTriggerDefinition snapshots) {
        EventSourcingRepository.Builder<T> builder = EventSourcingRepository.builder(type)
                .parameterResolverFactory(axon.parameterResolverFactory())
                .handlerDefinition(axon.handlerDefinition(type))
                .spanFactory(axon.getComponent(RepositorySpanFactory.class))
                .lockFactory(locks)
                .eventStore(axon.eventStore())
                .snapshotTriggerDefinition(snapshots)
                .repositoryProvider(axon::repository)
                .cache(cache)
                .filterByAggregateType();
        return new SharedAggregateRepository<>(builder, cache);
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(String aggregateIdentifier, @Nullable Long expectedVersion) {
        // The aggregate is locked, so only an eviction can come between. It costs a needless look at the event store.
        boolean cached = cache.containsKey(aggregateIdentifier);
        EventSourcedAggregate<T> aggregate = super.doLoadWithLock(aggregateIdentifier, expectedVersion);
        if (cached) {
            CachedAggregates.of(CurrentUnitOfWork.get()).add(aggregate);
        }
        return aggregate;
    }
}
