package chat.parley.notifications;

import static java.util.Objects.requireNonNull;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindInbox;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.FindReadModelState;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.QueryHandler;

/** A minimal Parley: one group, an event store, and a read side without lag. */
final class GroupChatFixture implements EntryLookup {
    static final ConversationId TALK = new ConversationId("c-talk");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");
    static final UserId CAT = new UserId("cat");

    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final List<ConversationEvent> log = new CopyOnWriteArrayList<>();
    private final Map<UserId, Long> readPositions = new ConcurrentHashMap<>();
    private final Map<UserId, Settings> settings = new ConcurrentHashMap<>();
    private final Set<UserId> muting = ConcurrentHashMap.newKeySet();
    private final FakeRelations relations = new FakeRelations();
    private final FakeTextProtection protection = FakeTextProtection.legible();
    private final Clock clock;

    GroupChatFixture(Clock clock) {
        this.clock = clock;
        append(new GroupStarted(
                TALK,
                ANN,
                protection.seal(ANN, "Tea", TextProtection.titleContext(TALK)),
                List.of(BOB, CAT),
                false,
                HistoryAccess.SINCE_JOINED,
                now()));
    }

    EmbeddedEventStore events() {
        return events;
    }

    FakeTextProtection protection() {
        return protection;
    }

    private Instant now() {
        return clock.instant();
    }

    // Actions of users

    long say(UserId sender, String text, UserId... mentions) {
        return say(sender, text, now(), mentions);
    }

    long say(UserId sender, String text, Instant at, UserId... mentions) {
        ClientMessageId id = new ClientMessageId("m" + log.size());
        SealedText sealed = protection.seal(sender, text, TextProtection.messageContext(TALK, sender, id));
        long ordinal = messages().count() + 1;
        return append(new MessageSent(TALK, sender, id, sealed, "hash", ordinal, null, List.of(mentions), at));
    }

    void edit(UserId sender, long position, String text, UserId... mentions) {
        SealedText sealed = protection.seal(sender, text, TextProtection.editContext(TALK, sender, position));
        append(new MessageEdited(TALK, sender, position, sealed, List.of(mentions), "hash", now()));
    }

    void retract(UserId sender, long position) {
        append(new MessageRetracted(TALK, sender, position, now()));
    }

    private long append(ConversationEvent event) {
        log.add(event);
        readPositions.merge(event.by(), (long) log.size(), Math::max);
        events.publish(new GenericDomainEventMessage<>("Conversation", TALK.value(), log.size() - 1L, event));
        return log.size();
    }

    void read(UserId user, long position) {
        readPositions.merge(user, position, Math::max);
        publish(new ReadMarkMoved(TALK, user, position, now()));
    }

    void publish(Object event) {
        events.publish(new GenericDomainEventMessage<>("Other", "a" + System.nanoTime(), 0, event));
    }

    void mutes(UserId user) {
        muting.add(user);
    }

    void blocks(UserId by, UserId blocked) {
        relations.block(by, blocked);
    }

    BlockPolicy blockPolicy() {
        return new BlockPolicy(relations);
    }

    void decides(UserId user, Settings theirs) {
        settings.put(user, theirs);
    }

    // Answers of the read side

    private Stream<MessageSent> messages() {
        return log.stream().filter(MessageSent.class::isInstance).map(MessageSent.class::cast);
    }

    @Override
    public Optional<ConversationEvent> find(ConversationId conversation, long position) {
        return position > log.size() ? Optional.empty() : Optional.of(log.get((int) position - 1));
    }

    @QueryHandler
    Entries handle(FindEntries query) {
        long position = requireNonNull(query.after()) + 1;
        RecordedEntry entry = RecordedEntry.of(position, position, log.get((int) position - 1));
        for (long later = position + 1; later <= log.size(); later++) {
            ConversationEvent event = log.get((int) later - 1);
            if (event instanceof MessageRetracted retracted && retracted.target() == position) {
                return new Entries(
                        List.of(RecordedEntry.retracted(position, position, entry.event(), later)), log.size());
            }
            if (event instanceof MessageEdited edit && edit.target() == position) {
                entry = RecordedEntry.edited(position, position, (MessageSent) entry.event(), later, edit, null);
            }
        }
        return new Entries(List.of(entry), log.size());
    }

    @QueryHandler
    FindReadModelState.State handle(FindReadModelState query) {
        return new FindReadModelState.State(query.atLeastIndex());
    }

    @QueryHandler
    FindConversation.Details handle(FindConversation query) {
        return new FindConversation.Details(
                TALK,
                ConversationKind.GROUP,
                ((GroupStarted) log.getFirst()).title(),
                List.of(
                        new FindConversation.Member(ANN, MemberRole.OWNER),
                        new FindConversation.Member(BOB, MemberRole.MEMBER),
                        new FindConversation.Member(CAT, MemberRole.MEMBER)),
                false,
                HistoryAccess.SINCE_JOINED,
                log.size());
    }

    @QueryHandler
    FindInbox.Item handle(FindInbox.Place query) {
        long read = readPositions.getOrDefault(query.user(), 1L);
        long unread = log.subList((int) Math.min(read, log.size()), log.size()).stream()
                .filter(entry -> entry instanceof MessageSent sent && !sent.by().equals(query.user()))
                .count();
        return new FindInbox.Item(
                TALK,
                ConversationKind.GROUP,
                ((GroupStarted) log.getFirst()).title(),
                null,
                log.size(),
                null,
                unread,
                0,
                read,
                muting.contains(query.user()),
                false,
                false);
    }

    @QueryHandler
    Settings handle(FindSettings query) {
        return settings.getOrDefault(query.user(), Settings.DEFAULT);
    }

    @QueryHandler
    FindUser.Profile handle(FindUser query) {
        UserId user = query.user();
        return new FindUser.Profile(
                user,
                protection.seal(user, user.value(), TextProtection.usernameContext(user)),
                protection.seal(user, "Name of " + user, TextProtection.displayNameContext(user)),
                AccountStatus.ACTIVE,
                Set.of(),
                List.of());
    }
}
