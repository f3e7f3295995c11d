package chat.parley.search.history.index;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.TextProtection;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.testing.FakeTextProtection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Messages, edits and retractions in an event store. */
final class RecordedConversation implements EntryLookup {
    static final ConversationId TEA = new ConversationId("c-tea");
    static final ConversationId ELSEWHERE = new ConversationId("c-elsewhere");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");

    private static final long BEGIN = 1_000_000;

    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final Map<ConversationId, List<ConversationEvent>> logs = new ConcurrentHashMap<>();
    private final FakeTextProtection protection = FakeTextProtection.legible();

    EmbeddedEventStore events() {
        return events;
    }

    FakeTextProtection protection() {
        return protection;
    }

    synchronized long say(ConversationId conversation, UserId by, String text) {
        return reply(conversation, by, text, null);
    }

    synchronized long reply(ConversationId conversation, UserId by, String text, @Nullable Long to) {
        ClientMessageId id = new ClientMessageId("m" + next(conversation));
        SealedText sealed = protection.seal(by, text, TextProtection.messageContext(conversation, by, id));
        return append(new MessageSent(
                conversation, by, id, sealed, "", next(conversation), to, List.of(BOB), at(conversation)));
    }

    synchronized long edit(ConversationId conversation, long target, String text) {
        return edit(conversation, target, text, List.of(BOB));
    }

    synchronized long edit(ConversationId conversation, long target, String text, @Nullable List<UserId> mentions) {
        UserId by = find(conversation, target).orElseThrow().by();
        SealedText sealed = protection.seal(by, text, TextProtection.editContext(conversation, by, target));
        return append(new MessageEdited(conversation, by, target, sealed, mentions, "", at(conversation)));
    }

    synchronized long retract(ConversationId conversation, long target) {
        return append(new MessageRetracted(conversation, ANN, target, at(conversation)));
    }

    /** Destroys the user's key, then records it. */
    void erase(UserId user) {
        protection.destroy(user);
        events.publish(new GenericDomainEventMessage<>(
                "Account", user.value(), 0, new AccountErased(user, Instant.ofEpochMilli(BEGIN))));
    }

    /** Texts from before this entry expire. */
    void expire(ConversationId conversation, long position) {
        Instant before = find(conversation, position).orElseThrow().at();
        events.publish(new GenericDomainEventMessage<>(
                "Retention", "retention", 0, new TextsExpired(conversation, before, before)));
    }

    private long next(ConversationId conversation) {
        return logs.computeIfAbsent(conversation, started -> {
                            append(started, 1, new DirectStarted(started, ANN, BOB, Instant.ofEpochMilli(BEGIN)));
                            return new CopyOnWriteArrayList<>(
                                    List.of(new DirectStarted(started, ANN, BOB, Instant.ofEpochMilli(BEGIN))));
                        })
                        .size()
                + 1L;
    }

    private Instant at(ConversationId conversation) {
        return Instant.ofEpochMilli(BEGIN + next(conversation));
    }

    private long append(ConversationEvent event) {
        long position = next(event.conversation());
        logs.getOrDefault(event.conversation(), List.of()).add(event);
        append(event.conversation(), position, event);
        return position;
    }

    private void append(ConversationId conversation, long position, ConversationEvent event) {
        events.publish(new GenericDomainEventMessage<>("Conversation", conversation.value(), position - 1, event));
    }

    @Override
    public Optional<ConversationEvent> find(ConversationId conversation, long position) {
        List<ConversationEvent> log = logs.getOrDefault(conversation, List.of());
        return position < 1 || position > log.size() ? Optional.empty() : Optional.of(log.get((int) position - 1));
    }

    /** The events of one conversation in order. */
    List<MessageEvent> changes(ConversationId conversation) {
        List<ConversationEvent> log = logs.getOrDefault(conversation, List.of());
        return Stream.iterate(2, position -> position <= log.size(), position -> position + 1)
                .map(position -> new MessageEvent(position, log.get(position - 1)))
                .toList();
    }
}
