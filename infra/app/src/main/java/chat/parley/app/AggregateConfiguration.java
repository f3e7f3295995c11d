package chat.parley.app;

import chat.parley.api.process.Role;
import chat.parley.app.role.ConditionalOnRole;
import chat.parley.dispatch.AggregateCommandTargets;
import chat.parley.domain.Account;
import chat.parley.domain.AuditLog;
import chat.parley.domain.Contact;
import chat.parley.domain.Conversation;
import chat.parley.domain.GroupPolicy;
import chat.parley.domain.Presence;
import chat.parley.domain.ReadMark;
import chat.parley.domain.Retention;
import chat.parley.domain.SearchLog;
import chat.parley.domain.UsernameClaim;
import chat.parley.eventstore.aggregate.SharedAggregateRepository;
import chat.parley.eventstore.aggregate.StaleAggregateInterceptor;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Registers the aggregates with Axon, with their clock, cache, locks and snapshots. Without them no command is handled in
 * this process, and Axon Server sends none to it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.COMMAND)
@EnableConfigurationProperties({CommandSideProperties.class, GroupProperties.class})
class AggregateConfiguration {
    private static final List<Class<?>> AGGREGATES = List.of(
            Conversation.class,
            Account.class,
            AuditLog.class,
            Contact.class,
            Presence.class,
            ReadMark.class,
            Retention.class,
            SearchLog.class,
            UsernameClaim.class);

    private static final AggregateCommandTargets TARGETS = new AggregateCommandTargets();

    /** A short lock attempt is cheap to repeat, but each one ends with a deadlock check. */
    private static final int LOCK_ATTEMPT_MILLIS = 500;

    @Bean
    GroupPolicy groupPolicy(GroupProperties properties) {
        return new GroupPolicy(properties.maxMembers());
    }

    /** A snapshot is a large JSON document, so it is never serialised on a command's thread. */
    @Bean(destroyMethod = "close")
    ExecutorService snapshotExecutor() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("snapshots").daemon().factory());
    }

    @Bean
    Snapshotter aggregateSnapshotter(
            org.axonframework.config.Configuration axon,
            EventStore eventStore,
            @Qualifier("snapshotExecutor") ExecutorService snapshotExecutor) {
        return new LiveSnapshotter(axon, eventStore, snapshotExecutor);
    }

    /** With {@code parley.engines=server}, other nodes may handle commands of the same aggregates. */
    @Bean
    ConfigurerModule aggregates(
            CommandSideProperties properties,
            ObjectProvider<Cache> caches,
            @Value("${parley.engines:embedded}") String engines) {
        boolean oneOfSeveral = engines.equals("server");
        LockFactory locks = PessimisticLockFactory.builder()
                .lockAttemptTimeout(LOCK_ATTEMPT_MILLIS)
                .acquireAttempts((int) Math.max(1, properties.maxLockWait().toMillis() / LOCK_ATTEMPT_MILLIS))
                .build();
        return configurer -> AGGREGATES.forEach(type -> configurer.configureAggregate(
                aggregate(type, caches.getObject(), locks, properties.snapshotEvery(), oneOfSeveral)));
    }

    @Bean
    @ConditionalOnProperty(name = "parley.engines", havingValue = "server")
    SmartInitializingSingleton currentAggregates(
            @Qualifier("localSegment") CommandBus commandBus, EventStore eventStore) {
        return () ->
                commandBus.registerHandlerInterceptor(new StaleAggregateInterceptor(eventStore::lastSequenceNumberFor));
    }

    private static <T> AggregateConfigurer<T> aggregate(
            Class<T> type, Cache cache, LockFactory locks, int snapshotEvery, boolean oneOfSeveral) {
        if (oneOfSeveral) {
            return AggregateConfigurer.defaultConfiguration(type)
                    .configureCommandTargetResolver(axon -> TARGETS)
                    .configureRepository(axon -> SharedAggregateRepository.of(
                            type,
                            axon,
                            cache,
                            locks,
                            new EventCountSnapshotTriggerDefinition(axon.snapshotter(), snapshotEvery)));
        }
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCommandTargetResolver(axon -> TARGETS)
                .configureCache(axon -> cache)
                // The id of another aggregate type finds nothing, instead of that aggregate's events.
                .configureFilterEventsByType(axon -> true)
                .configureLockFactory(axon -> locks)
                .configureSnapshotTrigger(
                        axon -> new EventCountSnapshotTriggerDefinition(axon.snapshotter(), snapshotEvery));
    }
}
