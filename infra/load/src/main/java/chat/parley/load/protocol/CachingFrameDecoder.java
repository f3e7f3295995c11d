package chat.parley.load.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes frames, and takes those that equal an earlier one from a cache: the members of a group receive the same bytes,
 * and this process has all their clients. All bytes are compared, so two frames are never confused. For one thread.
 */
public final class CachingFrameDecoder {
    /** More than the entries in flight to their last members at any time. */
    private static final int SLOTS = 1 << 12;

    /** The tail of a live entry holds its cursor, which no other entry has. */
    private static final int TAIL_BYTES = 48;

    private final FrameDecoder reader = new FrameDecoder();
    private final @Nullable Slot[] slots = new @Nullable Slot[SLOTS];

    private static final class Slot {
        private final byte[] bytes;
        private final ReceivedFrame frame;

        Slot(byte[] bytes, ReceivedFrame frame) {
            this.bytes = bytes;
            this.frame = frame;
        }
    }

    public ReceivedFrame read(byte[] bytes, int length) {
        int index = slot(bytes, length);
        Slot slot = slots[index];
        if (slot != null && Arrays.equals(slot.bytes, 0, slot.bytes.length, bytes, 0, length)) {
            return slot.frame;
        }
        ReceivedFrame frame = reader.read(bytes, length);
        if (frame instanceof ReceivedFrame.Entry) {
            slots[index] = new Slot(Arrays.copyOf(bytes, length), frame);
        }
        return frame;
    }

    private static int slot(byte[] bytes, int length) {
        int hash = length;
        for (int i = Math.max(0, length - TAIL_BYTES); i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ (hash >>> 15)) & (SLOTS - 1);
    }
}
