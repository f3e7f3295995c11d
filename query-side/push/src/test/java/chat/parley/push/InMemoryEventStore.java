package chat.parley.push;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.port.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An event store in memory, with the feed of it. */
final class InMemoryEventStore implements EventFeed {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeVault vault = new FakeVault();
    private final List<Stored> events = new ArrayList<>();
    private final Map<ConversationId, Long> heads = new LinkedHashMap<>();
    private final AtomicLong messages = new AtomicLong();

    record Stored(long index, String aggregate, long position, Object payload) implements EventFeed.Item {
        @Override
        public Class<?> type() {
            return payload.getClass();
        }

        @Override
        public Instant storedAt() {
            return START;
        }

        @Override
        public int bytes() {
            return 100;
        }
    }

    static UserId user(int number) {
        return new UserId("u" + number);
    }

    static ConversationId conversation(int number) {
        return new ConversationId("c" + number);
    }

    synchronized void startGroup(ConversationId id, UserId by, List<UserId> members, HistoryAccess history) {
        append(new GroupStarted(id, by, vault.seal(by, "title", ""), members, true, history, START));
    }

    synchronized void startDirect(ConversationId id, UserId by, UserId with) {
        append(new DirectStarted(id, by, with, START));
    }

    synchronized void join(ConversationId id, UserId user) {
        append(new MemberJoined(id, user, user, START));
    }

    synchronized void leave(ConversationId id, UserId user) {
        append(new MemberLeft(id, user, user, START));
    }

    synchronized void send(ConversationId id, UserId by) {
        var _ = send(id, by, "hello");
    }

    synchronized long send(ConversationId id, UserId by, String text) {
        long number = messages.incrementAndGet();
        return append(new MessageSent(
                id,
                by,
                new ClientMessageId("m" + number),
                vault.seal(by, text, ""),
                "h",
                number,
                null,
                List.of(),
                START));
    }

    synchronized void edit(ConversationId id, UserId by, long target, String text, @Nullable List<UserId> mentions) {
        append(new MessageEdited(id, by, target, vault.seal(by, text, ""), mentions, "h", START));
    }

    synchronized void retract(ConversationId id, UserId by, long target) {
        append(new MessageRetracted(id, by, target, START));
    }

    private long append(ConversationEvent event) {
        long position = heads.merge(event.conversation(), 1L, Long::sum);
        store(event.conversation().value(), position, event);
        return position;
    }

    /** Any other event. */
    synchronized void store(String aggregate, long position, Object payload) {
        events.add(new Stored(events.size(), aggregate, position, payload));
        notifyAll();
    }

    synchronized boolean exists(ConversationId id) {
        return heads.containsKey(id);
    }

    synchronized boolean isMember(ConversationId id, UserId user) {
        return visibility(id, user, events.size() - 1).isOpen();
    }

    synchronized List<ConversationId> conversations() {
        return List.copyOf(heads.keySet());
    }

    @Override
    public synchronized long head() {
        return events.size() - 1L;
    }

    synchronized List<RecordedEntry> entries(ConversationId id) {
        return events.stream()
                .filter(event -> event.payload() instanceof ConversationEvent entry
                        && entry.conversation().equals(id))
                .map(event -> RecordedEntry.of(event.position(), event.index(), (ConversationEvent) event.payload()))
                .toList();
    }

    /** What the user may see as of an index, by the one rule of it. */
    synchronized Visibility visibility(ConversationId id, UserId user, long through) {
        Visibility visibility = Visibility.NOTHING;
        HistoryAccess history = HistoryAccess.SINCE_JOINED;
        for (RecordedEntry entry : entries(id)) {
            if (entry.index() > through) {
                break;
            }
            switch (entry.event()) {
                case DirectStarted e when e.by().equals(user) || e.with().equals(user) -> visibility = Visibility.ALL;
                case GroupStarted e -> {
                    history = e.history();
                    if (e.by().equals(user) || e.members().contains(user)) {
                        visibility = visibility.joined(1, history);
                    }
                }
                case MemberJoined e
                when e.user().equals(user) -> visibility = visibility.joined(entry.position(), history);
                case MemberLeft e when e.user().equals(user) -> visibility = visibility.left(entry.position());
                default -> {}
            }
        }
        return visibility;
    }

    synchronized ConversationKind kind(ConversationId id) {
        return entries(id).getFirst().event() instanceof DirectStarted
                ? ConversationKind.DIRECT
                : ConversationKind.GROUP;
    }

    synchronized HistoryAccess history(ConversationId id) {
        return entries(id).getFirst().event() instanceof GroupStarted started ? started.history() : HistoryAccess.ALL;
    }

    @Override
    public Follower follow(long afterIndex) {
        return new Follower() {
            private int next = Math.toIntExact(afterIndex + 1);

            @Override
            public @Nullable Item next(Duration atMost) throws InterruptedException {
                synchronized (InMemoryEventStore.this) {
                    if (next >= events.size()) {
                        InMemoryEventStore.this.wait(atMost.toMillis());
                    }
                    return next < events.size() ? events.get(next++) : null;
                }
            }

            @Override
            public boolean hasNext() {
                synchronized (InMemoryEventStore.this) {
                    return next < events.size();
                }
            }

            @Override
            public void close() {}
        };
    }
}
