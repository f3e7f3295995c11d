package chat.parley.load.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A 64-bit hash (FNV-1a) of an entry's content, so that 20 million received entries take 8 bytes each. An altered entry
 * has the same hash once in 2^64.
 */
public final class EntryHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private EntryHash() {}

    public static long of(char[] text, int offset, int length) {
        long hash = OFFSET;
        for (int i = offset; i < offset + length; i++) {
            hash = step(hash, text[i]);
        }
        return hash;
    }

    /** Zero if absent. */
    public static long of(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = step(hash, text.charAt(i));
        }
        return hash;
    }

    /** The hash of an entry, whatever the order of its fields in the frame. */
    public static long entry(@Nullable String kind, @Nullable String sender, @Nullable String user, long textHash) {
        return combine(combine(combine(of(kind), of(sender)), of(user)), textHash);
    }

    private static long step(long hash, char next) {
        return (hash ^ next) * PRIME;
    }

    private static long combine(long left, long right) {
        return Long.rotateLeft(left * MIX, 31) ^ (right * PRIME + MIX);
    }
}
