package chat.parley.testing;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.port.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events in memory; the index of an event is its place in the list. */
public final class InMemoryEventFeed implements EventFeed {
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

    /** @return the new entry's position */
    public synchronized long append(ConversationEvent event) {
        Stored stored = append(event.conversation().value(), event);
        entries.add(RecordedEntry.of(stored.position(), stored.index(), event));
        return stored.position();
    }

    /** Any other event. */
    public synchronized Stored append(String aggregate, Object payload) {
        long position = positions.merge(aggregate, 1L, Long::sum);
        Stored stored = new Stored(events.size(), aggregate, position, payload);
        events.add(stored);
        notifyAll();
        return stored;
    }

    /** The entries of all conversations. */
    public synchronized List<RecordedEntry> entries() {
        return List.copyOf(entries);
    }

    /** The next so many reads fail. */
    public synchronized void failNext(int reads) {
        failures = reads;
        notifyAll();
    }

    /** The indexes from which it has been followed. */
    public synchronized List<Long> followedFrom() {
        return List.copyOf(followedFrom);
    }

    @Override
    public synchronized long head() {
        return events.size() - 1L;
    }

    @Override
    public synchronized Follower follow(long afterIndex) {
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
