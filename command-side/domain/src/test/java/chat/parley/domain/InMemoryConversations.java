package chat.parley.domain;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.conversation.Started;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.SentMessages;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.MutableClock;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Conversation aggregates on a real command bus with an event store in memory. */
final class InMemoryConversations implements EntryLookup, SentMessages {
    final MutableClock clock = MutableClock.betweenMilliseconds();
    final FakeTextProtection protection = new FakeTextProtection();
    final FakeKeyedHash hashes = new FakeKeyedHash();

    private final Jackson3Serializer serializer = Jackson3Serializer.builder().build();
    private final CommandBus bus = SimpleCommandBus.builder().build();
    private final InMemoryAggregates aggregates;
    private final EventSourcingRepository<Conversation> conversations;

    /** The last position that the read side includes; unlimited unless a test delays it. */
    private long projectedThrough = Long.MAX_VALUE;

    private int lookups;

    private int snapshotsRead;

    /** Deserialises a snapshot per reader, as in production; the in-memory engine would share one object. */
    private final class SerializedSnapshots extends InMemoryEventStorageEngine {
        @Override
        public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
            return super.readSnapshot(aggregateIdentifier).map(snapshot -> {
                snapshotsRead++;
                return new GenericDomainEventMessage<>(
                        snapshot.getType(),
                        snapshot.getAggregateIdentifier(),
                        snapshot.getSequenceNumber(),
                        throughSnapshot((Conversation) snapshot.getPayload()));
            });
        }
    }

    InMemoryConversations(int maxMembers) {
        aggregates = new InMemoryAggregates(
                bus,
                new SerializedSnapshots(),
                clock,
                protection,
                hashes,
                new GroupPolicy(maxMembers),
                new BlockPolicy(new FakeRelations()),
                this);
        conversations = aggregates.handleCommandsOf(Conversation.class);
    }

    SendOutcomes send(SendMessages command) {
        return SendOutcomes.class.cast(answer(command));
    }

    Started start(ConversationCommand command) {
        return Started.class.cast(answer(command));
    }

    EntryAck change(ConversationCommand command) {
        return EntryAck.class.cast(answer(command));
    }

    private Object answer(ConversationCommand command) {
        FutureCallback<ConversationCommand, Object> callback = new FutureCallback<>();
        bus.dispatch(new GenericCommandMessage<>(command), callback);
        CommandResultMessage<?> result = callback.getResult();
        if (result.isExceptional()) {
            throw Refused.in(result.exceptionResult())
                    .map(Refused::new)
                    .orElseThrow(() -> new AssertionError(result.exceptionResult()));
        }
        return result.getPayload();
    }

    /** All entries, regardless of snapshots. */
    List<ConversationEvent> entries(ConversationId conversation) {
        return events(conversation).stream()
                .map(event -> (ConversationEvent) event.getPayload())
                .toList();
    }

    /** The positions as the store has them. */
    List<Long> positions(ConversationId conversation) {
        return events(conversation).stream()
                .map(event -> event.getSequenceNumber() + 1)
                .toList();
    }

    private List<? extends DomainEventMessage<?>> events(ConversationId conversation) {
        return aggregates.store().readEvents(conversation.value(), 0).asStream().toList();
    }

    /** The aggregate, replayed from its events. */
    Conversation load(ConversationId conversation) {
        DefaultUnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        try {
            return conversations.load(conversation.value()).invoke(root -> root);
        } finally {
            work.rollback();
        }
    }

    /** Serialises and deserialises the aggregate as a snapshot. */
    Conversation throughSnapshot(Conversation conversation) {
        return serializer.deserialize(serialize(conversation));
    }

    String snapshotOf(ConversationId conversation) {
        return serialize(load(conversation)).getData();
    }

    private SerializedObject<String> serialize(Conversation conversation) {
        return serializer.serialize(conversation, String.class);
    }

    /** Stores a snapshot; from now on the aggregate is loaded from it. */
    void snapshot(ConversationId conversation) {
        long last = positions(conversation).getLast() - 1;
        aggregates
                .store()
                .storeSnapshot(new GenericDomainEventMessage<>(
                        "Conversation", conversation.value(), last, load(conversation)));
    }

    /** Stores events without asking the aggregate. */
    void happened(ConversationEvent... events) {
        for (ConversationEvent event : events) {
            aggregates.happened(Conversation.class, event.conversation(), event);
        }
    }

    void holdBackProjectionsAt(long position) {
        projectedThrough = position;
    }

    void letProjectionsCatchUp() {
        projectedThrough = Long.MAX_VALUE;
    }

    int snapshotsRead() {
        return snapshotsRead;
    }

    /** Number of lookups of evicted messages. */
    int lookups() {
        return lookups;
    }

    @Override
    public Optional<ConversationEvent> find(ConversationId conversation, long position) {
        return aggregates
                .store()
                .readEvents(conversation.value(), Math.max(0, position - 1))
                .asStream()
                .<ConversationEvent>map(event -> (ConversationEvent) event.getPayload())
                .findFirst();
    }

    @Override
    public Lookup find(ConversationId conversation, UserId sender, ClientMessageId id, long throughPosition) {
        lookups++;
        if (projectedThrough < throughPosition) {
            return new NotYetKnown();
        }
        List<ConversationEvent> entries = entries(conversation);
        long known = Math.min(entries.size(), projectedThrough);
        for (int i = 0; i < known; i++) {
            if (entries.get(i) instanceof MessageSent message
                    && message.by().equals(sender)
                    && message.clientMessageId().equals(id)) {
                return new Sent(i + 1, message.at(), message.contentHash());
            }
        }
        return new NeverSent();
    }
}
