package chat.parley.testing.conversation;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import chat.parley.testing.FakeTextProtection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** Conversations in Axon's event store in memory. */
public abstract class ConversationEventStore extends ConversationRecorder implements EntryLookup {
    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final Map<ConversationId, List<ConversationEvent>> entries = new ConcurrentHashMap<>();

    protected ConversationEventStore(FakeTextProtection protection) {
        super(protection);
    }

    public final EmbeddedEventStore events() {
        return events;
    }

    @Override
    public synchronized long append(ConversationEvent event) {
        List<ConversationEvent> before =
                entries.computeIfAbsent(event.conversation(), _ -> new CopyOnWriteArrayList<>());
        before.add(event);
        publish("Conversation", event.conversation().value(), before.size() - 1L, event);
        return before.size();
    }

    /** Any other event. */
    public final void publish(String type, String aggregate, long sequenceNumber, Object event) {
        events.publish(new GenericDomainEventMessage<>(type, aggregate, sequenceNumber, event));
    }

    public final List<ConversationEvent> entries(ConversationId conversation) {
        return entries.getOrDefault(conversation, List.of());
    }

    @Override
    public final Optional<ConversationEvent> find(ConversationId conversation, long position) {
        List<ConversationEvent> all = entries(conversation);
        return position < 1 || position > all.size() ? Optional.empty() : Optional.of(all.get((int) position - 1));
    }
}
