package chat.parley.eventstore.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.eventstore.postgres.PostgresEventStore;
import chat.parley.eventstore.postgres.TestEventStores;
import chat.parley.eventstore.postgres.TestEventStores.Noted;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes with a cache each over one event store. */
class StaleAggregatesTest {
    private static final Noted UNLOCKED = new Noted("unlocked");
    private static final Noted LOCKED = new Noted("locked");

    private final Database database = TestPostgres.database();
    private final PostgresEventStore store = TestEventStores.open(database, TestEventStores.properties(16, 16));
    private final Node one = new Node();
    private final Node two = new Node();

    /** A command that a node has repeated until it lost no race, as the command bus does. */
    private final class Node {
        private final AtomicInteger looks = new AtomicInteger();
        private final Configuration axon;
        private boolean unreachable;

        Node() {
            CommandBus bus = SimpleCommandBus.builder().build();
            bus.registerHandlerInterceptor(new StaleAggregateInterceptor(this::last));
            axon = DefaultConfigurer.defaultConfiguration()
                    .configureEventStore(_ -> store)
                    .configureCommandBus(_ -> bus)
                    .configureAggregate(AggregateConfigurer.defaultConfiguration(Door.class)
                            .configureRepository(configuration -> SharedAggregateRepository.of(
                                    Door.class,
                                    configuration,
                                    new WeakReferenceCache(),
                                    PessimisticLockFactory.usingDefaults(),
                                    NoSnapshotTriggerDefinition.INSTANCE)))
                    .start();
        }

        private Optional<Long> last(String aggregate) {
            looks.incrementAndGet();
            if (unreachable) {
                throw new IllegalStateException("The connection was lost");
            }
            return store.lastSequenceNumberFor(aggregate);
        }

        Object send(Object command) {
            try {
                return once(command);
            } catch (ConcurrencyException lost) {
                return once(command);
            }
        }

        Object once(Object command) {
            CommandGateway gateway = axon.commandGateway();
            return gateway.sendAndWait(command);
        }
    }

    record Unlock(@TargetAggregateIdentifier String door) {}

    record Lock(@TargetAggregateIdentifier String door) {}

    record Enter(@TargetAggregateIdentifier String door) {}

    record Look(@TargetAggregateIdentifier String door) {}

    static class Door {
        @AggregateIdentifier
        @SuppressWarnings("UnusedVariable") // Axon reads it
        private @Nullable String id;

        private boolean unlocked;

        Door() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Unlock command) {
            id = command.door();
            if (!unlocked) {
                AggregateLifecycle.apply(UNLOCKED);
            }
        }

        @CommandHandler
        void handle(Lock command) {
            if (unlocked) {
                AggregateLifecycle.apply(LOCKED);
            }
        }

        @CommandHandler
        void handle(Enter command) {
            if (!unlocked) {
                throw new Refused(Refusal.NOT_A_MEMBER);
            }
        }

        @CommandHandler
        boolean handle(Look command) {
            return unlocked;
        }

        @EventSourcingHandler
        void on(Noted event, DomainEventMessage<?> message) {
            id = message.getAggregateIdentifier();
            unlocked = event.equals(UNLOCKED);
        }
    }

    @AfterEach
    void stop() {
        one.axon.shutdown();
        two.axon.shutdown();
        store.close();
        database.close();
    }

    /** The door is locked, and both nodes have it in their caches. */
    private void lockedAndCached() {
        one.send(new Unlock("d"));
        one.send(new Lock("d"));
        assertThat(two.send(new Look("d"))).isEqualTo(false);
        assertThat(two.send(new Look("d"))).isEqualTo(false);
    }

    @Test
    void aRefusalFromAStaleCacheIsDecidedAgain() {
        lockedAndCached();
        one.send(new Unlock("d"));
        assertThatThrownBy(() -> two.once(new Enter("d"))).isInstanceOf(ConcurrencyException.class);
        two.once(new Enter("d"));
    }

    @Test
    void anAnswerWithoutAnEventIsDecidedAgain() {
        lockedAndCached();
        one.send(new Unlock("d"));
        assertThat(two.send(new Look("d"))).isEqualTo(true);
    }

    @Test
    void nothingToDoIsDecidedAgain() {
        lockedAndCached();
        one.send(new Unlock("d"));
        two.send(new Lock("d"));
        assertThat(store.lastSequenceNumberFor("d")).contains(3L);
    }

    @Test
    void aRightRefusalStands() {
        lockedAndCached();
        assertThatThrownBy(() -> two.send(new Enter("d")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_A_MEMBER));
    }

    @Test
    void anEventOfAStaleAggregateIsRejectedByTheStoreAndDecidedAgain() {
        lockedAndCached();
        one.send(new Unlock("d"));
        one.send(new Lock("d"));
        two.send(new Unlock("d"));
        assertThat(store.lastSequenceNumberFor("d")).contains(4L);
    }

    @Test
    void theStoreIsAskedOnlyWithoutAnEventAndForACachedAggregate() {
        one.send(new Unlock("d"));
        one.send(new Lock("d"));
        one.send(new Unlock("d"));
        assertThat(one.looks).hasValue(0);
        two.send(new Enter("d"));
        assertThat(two.looks).hasValue(0);
        two.send(new Enter("d"));
        assertThat(two.looks).hasValue(1);
    }

    @Test
    void withoutAnAnswerOfTheStoreTheCommandIsToBeRepeated() {
        lockedAndCached();
        two.unreachable = true;
        assertThatThrownBy(() -> two.send(new Enter("d")))
                .isInstanceOf(EventStoreException.class)
                .satisfies(e -> assertThat(Refused.in(e)).contains(Refusal.RETRY_LATER));
    }
}
