package chat.parley.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.RawEvents;
import chat.parley.audit.event.EventSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/** An event store in memory, which counts what is read. */
public final class StoredEvents implements RawEvents {
    private static final int PER_READ = 100;

    /** Guarded by itself. */
    private final List<RawEvent> events = new ArrayList<>();

    private final AtomicLong read = new AtomicLong();
    private final AtomicLong openReaders = new AtomicLong();
    private volatile boolean failing;
    private volatile boolean failed;

    /** A selector that reads all of them. */
    public EventSelector selector() {
        return new EventSelector(this, (range, filter, conversations) -> List.of(range), JsonMapper.shared());
    }

    /** Appends an entry of a conversation. */
    public RawEvent append(String conversation, long sequence, String payload) {
        synchronized (events) {
            RawEvent event = entry(events.size(), conversation, sequence, payload);
            events.add(event);
            return event;
        }
    }

    public static RawEvent entry(long index, String conversation, long sequence, String payload) {
        return new RawEvent(
                index,
                "event-" + index,
                "Conversation",
                conversation,
                sequence,
                1_000 * index,
                "chat.parley.api.ConversationEvent$MessageSent",
                "1",
                payload.getBytes(UTF_8),
                Map.of());
    }

    public void appendMany(int count) {
        synchronized (events) {
            for (int i = 0; i < count; i++) {
                append("club", events.size(), "{\"by\":\"ann\",\"n\":" + events.size() + "}");
            }
        }
    }

    /** Appends this event, whose index is the next. */
    public void append(RawEvent event) {
        synchronized (events) {
            if (event.index() != events.size()) {
                throw new IllegalArgumentException("The next index is " + events.size());
            }
            events.add(event);
        }
    }

    /** Replaces the event of the same index. */
    public void replace(RawEvent event) {
        synchronized (events) {
            events.set((int) event.index(), event);
        }
    }

    public void truncate(int size) {
        synchronized (events) {
            while (events.size() > size) {
                events.removeLast();
            }
        }
    }

    /** Whether a reader has met a failure. */
    public boolean hasFailed() {
        return failed;
    }

    public void fail(boolean now) {
        failing = now;
    }

    /** Number of events that readers got. */
    public long read() {
        return read.get();
    }

    public long openReaders() {
        return openReaders.get();
    }

    @Override
    public long head() {
        requireWorking();
        synchronized (events) {
            return events.size() - 1L;
        }
    }

    @Override
    public long firstAt(Instant moment) {
        synchronized (events) {
            return events.stream()
                    .filter(event -> event.atMillis() < moment.toEpochMilli())
                    .count();
        }
    }

    @Override
    public Optional<RawEvent> at(long index) {
        synchronized (events) {
            return index >= 0 && index < events.size() ? Optional.of(events.get((int) index)) : Optional.empty();
        }
    }

    private void requireWorking() {
        if (failing) {
            failed = true;
            throw new IllegalStateException("The event store is away");
        }
    }

    @Override
    public Reader after(long index) {
        openReaders.incrementAndGet();
        return new Reader() {
            private int next = (int) index + 1;

            @Override
            public List<RawEvent> next() {
                requireWorking();
                synchronized (events) {
                    int end = Math.max(next, Math.min(events.size(), next + PER_READ));
                    List<RawEvent> batch = next < end ? List.copyOf(events.subList(next, end)) : List.of();
                    next = end;
                    read.addAndGet(batch.size());
                    return batch;
                }
            }

            @Override
            public void close() {
                openReaders.decrementAndGet();
            }
        };
    }
}
