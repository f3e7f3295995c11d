package chat.parley.push;

import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageSent;
import chat.parley.api.EventFeed;
import org.jspecify.annotations.Nullable;

/** One event of the feed, with the frame made of it once somebody wanted that. Guarded by the fan-out. */
final class FollowedEvent {
    /** The objects around an event. */
    private static final int OVERHEAD = 512;

    private final EventFeed.Item item;
    private final long index;
    private final String aggregate;
    private final Class<?> type;
    private byte @Nullable [] frame;

    FollowedEvent(EventFeed.Item item) {
        this.item = item;
        this.index = item.index();
        this.aggregate = item.aggregate();
        this.type = item.type();
    }

    long index() {
        return index;
    }

    String aggregate() {
        return aggregate;
    }

    long position() {
        return item.position();
    }

    Class<?> type() {
        return type;
    }

    boolean is(Class<?> kind) {
        return kind.isAssignableFrom(type);
    }

    <T> T payload(Class<T> as) {
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
        if (is(MessageSent.class)) {
            return payload(MessageSent.class).text().ciphertext().length();
        }
        return is(MessageEdited.class)
                ? payload(MessageEdited.class).text().ciphertext().length()
                : 0;
    }

    /** Roughly the memory it holds; grows by its frame. */
    long weight() {
        return OVERHEAD + eventBytes() + (frame == null ? 0 : frame.length);
    }
}
