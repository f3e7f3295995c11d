package chat.parley.audit.export;

import chat.parley.api.port.RawEvents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Events that no reader gets before they are released. */
final class HeldEvents implements RawEvents {
    private final RawEvents events;
    private volatile boolean failing;
    private volatile CountDownLatch held = new CountDownLatch(0);

    HeldEvents(RawEvents events) {
        this.events = events;
    }

    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    /** Releases readers, who fail. */
    void fail() {
        failing = true;
        release();
    }

    @Override
    public long head() {
        return events.head();
    }

    @Override
    public long firstAt(Instant moment) {
        return events.firstAt(moment);
    }

    @Override
    public Optional<RawEvent> at(long index) {
        return events.at(index);
    }

    @Override
    public Reader after(long index) {
        Reader reader = events.after(index);
        return new Reader() {
            @Override
            public List<RawEvent> next() {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (failing) {
                    throw new IllegalStateException("The event store is away");
                }
                return reader.next();
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
