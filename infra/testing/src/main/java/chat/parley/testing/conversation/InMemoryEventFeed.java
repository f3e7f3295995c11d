package chat.parley.testing.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.Membership;
import chat.parley.api.port.EventFeed;
import chat.parley.testing.FakeMemberships;
import chat.parley.testing.FakeTextProtection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conversations and other events in memory; the index of an event is its place in the list. */
public class InMemoryEventFeed extends ConversationRecorder implements EventFeed {
    /** The time of all entries. */
    public static final Instant START = Instant.parse("2026-01-02T12:00:00.123Z");

    private final List<Item> events = new ArrayList<>();
    private final List<RecordedEntry> entries = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final List<Long> followedFrom = new ArrayList<>();
    private int failures;

    /** An event whose payload is decoded already. */
    public record Stored(long index, String aggregate, long position, Object payload) implements Item {
        @Override
        public Class<?> type() {
            return payload.getClass();
        }

        @Override
        public Instant storedAt() {
            return Instant.EPOCH;
        }

        @Override
        public int bytes() {
            return 100;
        }
    }

    public InMemoryEventFeed() {
        super(FakeTextProtection.legible());
    }

    @Override
    protected final Instant now() {
        return START;
    }

    @Override
    public final synchronized long append(ConversationEvent event) {
        Stored stored = append(event.conversation().value(), event);
        entries.add(RecordedEntry.of(stored.position(), stored.index(), event));
        return stored.position();
    }

    /** Any other event. */
    public final synchronized Stored append(String aggregate, Object payload) {
        long position = positions.merge(aggregate, 1L, Long::sum);
        Stored stored = new Stored(events.size(), aggregate, position, payload);
        events.add(stored);
        notifyAll();
        return stored;
    }

    /** The entries of all conversations. */
    public final synchronized List<RecordedEntry> entries() {
        return List.copyOf(entries);
    }

    public final List<RecordedEntry> entries(ConversationId conversation) {
        return entries().stream()
                .filter(entry -> entry.event().conversation().equals(conversation))
                .toList();
    }

    /** The memberships of a user as of an index. */
    public final List<Membership> memberships(UserId user, long through) {
        return FakeMemberships.of(
                user,
                entries().stream().filter(entry -> entry.index() <= through).toList());
    }

    public final Visibility visibility(ConversationId conversation, UserId user, long through) {
        return memberships(user, through).stream()
                .filter(membership -> membership.conversation().equals(conversation))
                .findFirst()
                .map(Membership::visibility)
                .orElse(Visibility.NOTHING);
    }

    /** The answer of a read side that has included the events up to an index, with at most so many entries. */
    public final Entries missed(FindMissed query, long through, int most) {
        Visibility visibility = visibility(query.conversation(), query.user(), through);
        return new Entries(
                entries(query.conversation()).stream()
                        .filter(entry -> entry.position() > query.position())
                        .filter(entry -> entry.index() > query.afterIndex() && entry.index() <= query.throughIndex())
                        .filter(entry -> visibility.sees(entry.position()))
                        .limit(Math.min(query.limit(), most))
                        .toList(),
                visibility.lastVisible(Long.MAX_VALUE - 1).orElse(0));
    }

    /** The next so many reads fail. */
    public final synchronized void failNext(int reads) {
        failures = reads;
        notifyAll();
    }

    /** The indexes from which it has been followed. */
    public final synchronized List<Long> followedFrom() {
        return List.copyOf(followedFrom);
    }

    @Override
    public final synchronized long head() {
        return events.size() - 1L;
    }

    @Override
    public final synchronized Follower follow(long afterIndex) {
        followedFrom.add(afterIndex);
        return new InMemoryFollower(Math.toIntExact(afterIndex + 1));
    }

    private final class InMemoryFollower implements Follower {
        private int next;

        InMemoryFollower(int next) {
            this.next = next;
        }

        @Override
        public @Nullable Item next(Duration atMost) throws InterruptedException {
            long deadline = System.nanoTime() + atMost.toNanos();
            synchronized (InMemoryEventFeed.this) {
                long left = atMost.toMillis();
                while (next >= events.size() && failures == 0 && left > 0) {
                    InMemoryEventFeed.this.wait(left);
                    left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                }
                if (failures > 0) {
                    failures--;
                    throw new IllegalStateException("the feed failed");
                }
                return next < events.size() ? events.get(next++) : null;
            }
        }

        @Override
        public boolean hasNext() {
            synchronized (InMemoryEventFeed.this) {
                return next < events.size();
            }
        }

        @Override
        public void close() {}
    }
}
