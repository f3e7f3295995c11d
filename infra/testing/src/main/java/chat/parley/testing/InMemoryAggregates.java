package chat.parley.testing;

import static org.axonframework.messaging.annotation.MultiParameterResolverFactory.ordered;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.RecordedEntry;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;

/** Aggregates on a command bus, with an event store in memory. */
public final class InMemoryAggregates {
    private final CommandBus bus;
    private final InMemoryEventStorageEngine storage;
    private final EmbeddedEventStore store;
    private final MultiParameterResolverFactory parameters;

    /** @param resources what command handlers have as further parameters */
    public InMemoryAggregates(CommandBus bus, InMemoryEventStorageEngine storage, Object... resources) {
        this.bus = bus;
        this.storage = storage;
        this.store = EmbeddedEventStore.builder().storageEngine(storage).build();
        this.parameters = ordered(
                ClasspathParameterResolverFactory.forClass(InMemoryAggregates.class),
                new SimpleResourceParameterResolverFactory(List.of(resources)));
    }

    /** From now on, the bus handles the commands of this type of aggregate. */
    public <T> EventSourcingRepository<T> handleCommandsOf(Class<T> type) {
        EventSourcingRepository<T> repository = EventSourcingRepository.builder(type)
                .parameterResolverFactory(parameters)
                .eventStore(store)
                .filterByAggregateType()
                .build();
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .parameterResolverFactory(parameters)
                .repository(repository)
                .build()
                .subscribe(bus);
        return repository;
    }

    public EmbeddedEventStore store() {
        return store;
    }

    /** All stored events of a class, in their order. */
    public <E> List<E> stored(Class<E> type) {
        return storage.readEvents(null, false)
                .<Object>map(event -> event.getPayload())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The entries of all conversations, in the order of the event store. */
    public List<RecordedEntry> entries() {
        return storage.readEvents(null, false)
                .filter(event -> ConversationEvent.class.isAssignableFrom(event.getPayloadType()))
                .map(event -> RecordedEntry.of(
                        ((DomainEventMessage<?>) event).getSequenceNumber() + 1,
                        event.trackingToken().position().orElseThrow(),
                        (ConversationEvent) event.getPayload()))
                .toList();
    }

    /** Stores an event without asking the aggregate. */
    public void happened(Class<?> type, Object aggregate, Object event) {
        String id = aggregate.toString();
        long next = store.lastSequenceNumberFor(id).orElse(-1L) + 1;
        store.publish(new GenericDomainEventMessage<>(type.getSimpleName(), id, next, event));
    }
}
