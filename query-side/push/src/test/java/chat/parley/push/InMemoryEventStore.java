package chat.parley.push;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.Membership;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.FakeMemberships;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryEventFeed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Conversations that happen, and the feed of their events. */
final class InMemoryEventStore implements EventFeed {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeTextProtection protection = FakeTextProtection.legible();
    private final InMemoryEventFeed feed = new InMemoryEventFeed();
    private final AtomicLong messages = new AtomicLong();

    FakeTextProtection protection() {
        return protection;
    }

    static UserId user(int number) {
        return new UserId("u" + number);
    }

    static ConversationId conversation(int number) {
        return new ConversationId("c" + number);
    }

    void startGroup(ConversationId id, UserId by, List<UserId> members, HistoryAccess history) {
        long _ = feed.append(new GroupStarted(
                id, by, protection.seal(by, "title", TextProtection.titleContext(id)), members, true, history, START));
    }

    void startDirect(ConversationId id, UserId by, UserId with) {
        long _ = feed.append(new DirectStarted(id, by, with, START));
    }

    void join(ConversationId id, UserId user) {
        long _ = feed.append(new MemberJoined(id, user, user, START));
    }

    void leave(ConversationId id, UserId user) {
        long _ = feed.append(new MemberLeft(id, user, user, START));
    }

    void send(ConversationId id, UserId by) {
        var _ = send(id, by, "hello");
    }

    long send(ConversationId id, UserId by, String text) {
        long number = messages.incrementAndGet();
        ClientMessageId clientMessageId = new ClientMessageId("m" + number);
        return feed.append(new MessageSent(
                id,
                by,
                clientMessageId,
                protection.seal(by, text, TextProtection.messageContext(id, by, clientMessageId)),
                "h",
                number,
                null,
                List.of(),
                START));
    }

    void edit(ConversationId id, UserId by, long target, String text, @Nullable List<UserId> mentions) {
        long _ = feed.append(new MessageEdited(
                id,
                by,
                target,
                protection.seal(by, text, TextProtection.editContext(id, by, target)),
                mentions,
                "h",
                START));
    }

    void retract(ConversationId id, UserId by, long target) {
        long _ = feed.append(new MessageRetracted(id, by, target, START));
    }

    /** Any other event. */
    void store(String aggregate, Object payload) {
        Object _ = feed.append(aggregate, payload);
    }

    boolean exists(ConversationId id) {
        return !entries(id).isEmpty();
    }

    boolean isMember(ConversationId id, UserId user) {
        return visibility(id, user, head()).isOpen();
    }

    List<ConversationId> conversations() {
        return feed.entries().stream()
                .map(entry -> entry.event().conversation())
                .distinct()
                .toList();
    }

    List<RecordedEntry> entries(ConversationId id) {
        return feed.entries().stream()
                .filter(entry -> entry.event().conversation().equals(id))
                .toList();
    }

    /** The membership of a user as of an index. */
    Optional<Membership> membership(ConversationId id, UserId user, long through) {
        List<RecordedEntry> entries =
                entries(id).stream().filter(entry -> entry.index() <= through).toList();
        return FakeMemberships.of(user, entries).stream().findFirst();
    }

    Visibility visibility(ConversationId id, UserId user, long through) {
        return membership(id, user, through).map(Membership::visibility).orElse(Visibility.NOTHING);
    }

    @Override
    public long head() {
        return feed.head();
    }

    @Override
    public Follower follow(long afterIndex) {
        return feed.follow(afterIndex);
    }
}
