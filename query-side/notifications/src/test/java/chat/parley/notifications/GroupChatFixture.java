package chat.parley.notifications;

import static java.util.Objects.requireNonNull;

import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
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
import chat.parley.api.port.FindReadModelState;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.ConversationEventStore;
import chat.parley.testing.conversation.SealedEvents;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.queryhandling.QueryHandler;

/** A minimal Parley: one group, an event store, and a read side without lag. */
final class GroupChatFixture extends ConversationEventStore {
    static final ConversationId TALK = new ConversationId("c-talk");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");
    static final UserId CAT = new UserId("cat");

    private final Map<UserId, Long> readPositions = new ConcurrentHashMap<>();
    private final Map<UserId, Settings> settings = new ConcurrentHashMap<>();
    private final Set<UserId> muting = ConcurrentHashMap.newKeySet();
    private final FakeRelations relations = new FakeRelations();
    private final Clock clock;

    GroupChatFixture(Clock clock) {
        super(FakeTextProtection.legible());
        this.clock = clock;
        startGroup(TALK, ANN, "Tea", HistoryAccess.SINCE_JOINED, BOB, CAT);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    /** Users have read what they write. */
    @Override
    public synchronized long append(ConversationEvent event) {
        readPositions.merge(event.by(), entries(TALK).size() + 1L, Math::max);
        return super.append(event);
    }

    // Actions of users

    long say(UserId sender, String text, UserId... mentions) {
        return send(TALK, sender, text, mentions);
    }

    long say(UserId sender, String text, Instant at) {
        return append(message(TALK, sender, text, null, List.of(), at));
    }

    void edit(UserId sender, long position, String text, UserId... mentions) {
        edit(TALK, sender, position, text, List.of(mentions));
    }

    void retract(UserId sender, long position) {
        retract(TALK, sender, position);
    }

    void read(UserId user, long position) {
        readPositions.merge(user, position, Math::max);
        publish(new ReadMarkMoved(TALK, user, position, now()));
    }

    void publish(Object event) {
        publish("Other", "a" + System.nanoTime(), 0, event);
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

    @QueryHandler
    Entries handle(FindEntries query) {
        List<ConversationEvent> log = entries(TALK);
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
        List<ConversationEvent> log = entries(TALK);
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
        List<ConversationEvent> log = entries(TALK);
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
        return new SealedEvents(protection()).profile(user, user.value(), "Name of " + user);
    }
}
