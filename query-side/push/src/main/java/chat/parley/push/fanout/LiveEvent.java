package chat.parley.push.fanout;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.port.EventFeed;
import org.jspecify.annotations.Nullable;

/** One event of the feed, with the frame made of it once somebody wanted that. Guarded by the fan-out. */
public final class LiveEvent {
    /** The objects around an event. */
    private static final int OVERHEAD = 512;

    private final EventFeed.Item item;
    private final long index;
    private final String aggregate;
    private final Class<?> type;
    private byte @Nullable [] frame;

    public LiveEvent(EventFeed.Item item) {
        this.item = item;
        this.index = item.index();
        this.aggregate = item.aggregate();
        this.type = item.type();
    }

    public long index() {
        return index;
    }

    public String aggregate() {
        return aggregate;
    }

    public long position() {
        return item.position();
    }

    Class<?> type() {
        return type;
    }

    public boolean is(Class<?> kind) {
        return kind.isAssignableFrom(type);
    }

    public <T> T payload(Class<T> as) {
        return as.cast(item.payload());
    }

    byte @Nullable [] frame() {
        return frame;
    }

    void frame(byte[] encoded) {
        frame = encoded;
    }

    /** What the store does not know has to be looked at: only texts are ever large. */
    private long eventBytes() {
        if (item.bytes() > 0) {
            return item.bytes();
        }
        return ConversationEvent.carriesText(type)
                ? payload(ConversationEvent.class).textLength()
                : 0;
    }

    /** Roughly the memory it holds; grows by its frame. */
    long weight() {
        return OVERHEAD + eventBytes() + (frame == null ? 0 : frame.length);
    }
}
