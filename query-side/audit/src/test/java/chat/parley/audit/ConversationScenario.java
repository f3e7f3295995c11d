package chat.parley.audit;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.FindUser.Profiles;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.port.TextProtection;
import chat.parley.eventstore.serialization.EventSerializer;
import chat.parley.testing.FakeTextProtection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.SerializedObject;
import org.jspecify.annotations.Nullable;

/** People who talk, with all that they say in event stores in memory. */
public final class ConversationScenario {
    public static final Instant BEGIN = Instant.parse("2026-11-29T23:59:57.250Z");

    public final StoredEvents raw = new StoredEvents();
    public final EventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    public final FakeTextProtection protection = new FakeTextProtection();
    private final EventSerializer serializer = new EventSerializer();
    private final Map<ConversationId, Long> heads = new HashMap<>();
    private final Map<UserId, Profile> names = new HashMap<>();
    private Instant now = BEGIN;

    /** Lets time pass between events. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Gives somebody a display name. The username is the id. */
    public UserId named(String id, String name) {
        UserId user = new UserId(id);
        names.put(
                user,
                new Profile(
                        user,
                        protection.seal(user, id, TextProtection.usernameContext(user)),
                        protection.seal(user, name, TextProtection.displayNameContext(user)),
                        AccountStatus.ACTIVE,
                        Set.of(),
                        List.of()));
        return user;
    }

    /** Appends and returns the position. */
    public long append(ConversationEvent event) {
        long sequence = heads.merge(event.conversation(), 0L, (head, none) -> head + 1);
        store.publish(new GenericDomainEventMessage<>(
                "Conversation", event.conversation().value(), sequence, event));
        SerializedObject<byte[]> stored = serializer.serialize(event, byte[].class);
        long index = raw.head() + 1;
        raw.append(new RawEvent(
                index,
                "event-" + index,
                "Conversation",
                event.conversation().value(),
                sequence,
                event.at().toEpochMilli(),
                stored.getType().getName(),
                stored.getType().getRevision(),
                stored.getData(),
                Map.of()));
        return sequence + 1;
    }

    public ConversationId direct(String id, UserId by, UserId with) {
        ConversationId conversation = new ConversationId(id);
        append(new DirectStarted(conversation, by, with, now));
        return conversation;
    }

    public ConversationId group(String id, String title, HistoryAccess history, UserId by, UserId... members) {
        ConversationId conversation = new ConversationId(id);
        append(new GroupStarted(
                conversation, by, title(conversation, by, title), List.of(members), false, history, now));
        return conversation;
    }

    private SealedText title(ConversationId conversation, UserId by, String title) {
        return protection.seal(by, title, TextProtection.titleContext(conversation));
    }

    public long send(ConversationId conversation, UserId by, String text) {
        return send(conversation, by, text, null);
    }

    public long send(ConversationId conversation, UserId by, String text, @Nullable Long replyTo) {
        ClientMessageId id = new ClientMessageId("m" + raw.head());
        SealedText sealed = protection.seal(by, text, TextProtection.messageContext(conversation, by, id));
        return append(new MessageSent(conversation, by, id, sealed, "hash", 1, replyTo, List.of(), now));
    }

    public long edit(ConversationId conversation, UserId by, long target, String text) {
        SealedText sealed = protection.seal(by, text, TextProtection.editContext(conversation, by, target));
        return append(new MessageEdited(conversation, by, target, sealed, List.of(), "hash", now));
    }

    public long retract(ConversationId conversation, UserId by, long target) {
        return append(new MessageRetracted(conversation, by, target, now));
    }

    public long react(ConversationId conversation, UserId by, long target, String emoji, boolean added) {
        return append(new ReactionChanged(conversation, by, target, emoji, added, now));
    }

    public long join(ConversationId conversation, UserId by, UserId user) {
        return append(new MemberJoined(conversation, by, user, now));
    }

    public long leave(ConversationId conversation, UserId by, UserId user) {
        return append(new MemberLeft(conversation, by, user, now));
    }

    public long rename(ConversationId conversation, UserId by, String title) {
        return append(new GroupRenamed(conversation, by, title(conversation, by, title), now));
    }

    /** Answers with the names that {@link #named} has given. */
    @QueryHandler
    public Profiles handle(FindUser.Several query) {
        return new Profiles(
                query.users().stream().map(names::get).filter(Objects::nonNull).toList());
    }
}
