package chat.parley.push.event;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.port.EventFeed;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One event of the feed, with the frame that is encoded from it at the first delivery. Guarded by the lock of the fan-out.
 */
public final class LiveEvent {
    /** Memory of the objects that belong to an event. */
    private static final int OVERHEAD = 512;

    private final EventFeed.Item item;
    private final long index;
    private final String aggregate;
    private final Class<?> type;
    private byte @Nullable [] frame;
    private boolean isKept = true;

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

    public boolean is(Class<?> kind) {
        return kind.isAssignableFrom(type);
    }

    public <T> T payload(Class<T> as) {
        return as.cast(item.payload());
    }

    /** Whether the event may admit users to a conversation, decided by its type without decoding it. */
    public boolean isAdmission() {
        return ConversationEvent.admits(type);
    }

    public boolean carriesText() {
        return ConversationEvent.carriesText(type);
    }

    /** The users who may see the conversation from this event on. */
    public Collection<UserId> admitted() {
        return payload(ConversationEvent.class).admitted();
    }

    public byte @Nullable [] frame() {
        return frame;
    }

    /** Keeps the frame, unless its text was dropped. */
    void frame(byte[] encoded) {
        if (isKept) {
            frame = encoded;
        }
    }

    /** Forgets the frame and keeps none again, because the key of its text is destroyed. */
    void dropFrame() {
        frame = null;
        isKept = false;
    }

    /** The size that the store reports, or that of the text. No other part of an event is large. */
    private long eventBytes() {
        if (item.bytes() > 0) {
            return item.bytes();
        }
        return carriesText() ? payload(ConversationEvent.class).textLength() : 0;
    }

    /** The approximate memory of the event, including its encoded frame. */
    long weight() {
        return OVERHEAD + eventBytes() + (frame == null ? 0 : frame.length);
    }
}
