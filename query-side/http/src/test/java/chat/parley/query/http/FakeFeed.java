package chat.parley.query.http;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event store's order in memory; the index of an event is its place in the list. */
final class FakeFeed implements EventFeed {
    private final List<Stored> events = new ArrayList<>();
    private final Map<ConversationId, Long> heads = new HashMap<>();
    private final List<Long> followedFrom = new ArrayList<>();
    private int failures;

    record Stored(long index, long position, ConversationEvent event) implements Item {
        @Override
        public String aggregate() {
            return event.conversation().toString();
        }

        @Override
        public Class<?> type() {
            return event.getClass();
        }

        @Override
        public Object payload() {
            return event;
        }

        @Override
        public Instant storedAt() {
            return event.at();
        }
    }

    synchronized Stored append(ConversationEvent event) {
        long position = heads.merge(event.conversation(), 1L, Long::sum);
        Stored stored = new Stored(events.size(), position, event);
        events.add(stored);
        notifyAll();
        return stored;
    }

    synchronized List<Stored> events() {
        return List.copyOf(events);
    }

    /** The next so many reads fail. */
    synchronized void failNext(int reads) {
        failures = reads;
        notifyAll();
    }

    /** From where it has been followed, each time. */
    synchronized List<Long> followedFrom() {
        return List.copyOf(followedFrom);
    }

    @Override
    public synchronized long head() {
        return events.size() - 1L;
    }

    @Override
    public synchronized Follower follow(long afterIndex) {
        followedFrom.add(afterIndex);
        return new Follower() {
            private int next = (int) afterIndex + 1;

            @Override
            public @Nullable Item next(Duration atMost) throws InterruptedException {
                long deadline = System.nanoTime() + atMost.toNanos();
                synchronized (FakeFeed.this) {
                    while (next >= events.size() && failures == 0 && System.nanoTime() < deadline) {
                        FakeFeed.this.wait(50);
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
                synchronized (FakeFeed.this) {
                    return next < events.size();
                }
            }

            @Override
            public void close() {}
        };
    }
}
