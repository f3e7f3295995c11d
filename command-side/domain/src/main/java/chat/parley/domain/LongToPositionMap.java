package chat.parley.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A hash map from long keys to positions with open addressing. An entry takes about 30 bytes of memory and 3 to 12
 * bytes of a snapshot. Entries are never removed.
 */
final class LongToPositionMap {
    private static final int LEAST_SLOTS = 8;

    /** Fibonacci hashing spreads consecutive keys. */
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private static final int BITS_OF_A_BYTE = 7;

    /** Of one variable-length number. */
    private static final int MOST_BYTES = 10;

    private static final int MORE = 1 << BITS_OF_A_BYTE;

    // Linear probing. No position is 0, so a slot with position 0 is free.
    private long[] keys = {};
    private long[] positions = {};
    private int size;

    LongToPositionMap() {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    LongToPositionMap(byte[] written) {
        Reader reader = new Reader(written);
        long key = 0;
        while (reader.hasMore()) {
            key += reader.next();
            put(key, reader.next());
        }
    }

    /**
     * The entries sorted by key: each key as the difference from the previous one, and its position, both as
     * variable-length numbers.
     */
    @JsonValue
    byte[] written() {
        byte[] bytes = new byte[2 * MOST_BYTES * size];
        int length = 0;
        long before = 0;
        for (long key : sortedKeys()) {
            length = write(key - before, bytes, length);
            length = write(positions[slot(key)], bytes, length);
            before = key;
        }
        return Arrays.copyOf(bytes, length);
    }

    OptionalLong find(long key) {
        if (size == 0) {
            return OptionalLong.empty();
        }
        long position = positions[slot(key)];
        return position == 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    boolean has(long key) {
        return find(key).isPresent();
    }

    void put(long key, long position) {
        if (4L * (size + 1) > 3L * keys.length) {
            grow();
        }
        int slot = slot(key);
        if (positions[slot] == 0) {
            size++;
        }
        keys[slot] = key;
        positions[slot] = position;
    }

    private void grow() {
        long[] keysBefore = keys;
        long[] positionsBefore = positions;
        keys = new long[Math.max(LEAST_SLOTS, 2 * keysBefore.length)];
        positions = new long[keys.length];
        for (int i = 0; i < keysBefore.length; i++) {
            if (positionsBefore[i] != 0) {
                int slot = slot(keysBefore[i]);
                keys[slot] = keysBefore[i];
                positions[slot] = positionsBefore[i];
            }
        }
    }

    /** The slot of this key, or the free slot where it would be inserted. */
    private int slot(long key) {
        int last = keys.length - 1;
        int slot = (int) ((key * GOLDEN_RATIO) >>> Integer.SIZE) & last;
        while (positions[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & last;
        }
        return slot;
    }

    private long[] sortedKeys() {
        long[] sorted = new long[size];
        int found = 0;
        for (int i = 0; i < keys.length; i++) {
            if (positions[i] != 0) {
                sorted[found++] = keys[i];
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /** Writes one number and returns the offset behind it. */
    private static int write(long number, byte[] bytes, int from) {
        int at = from;
        long rest = number;
        while (Long.compareUnsigned(rest, MORE) >= 0) {
            bytes[at++] = (byte) ((rest & (MORE - 1)) | MORE);
            rest >>>= BITS_OF_A_BYTE;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        long next() {
            long number = 0;
            int shift = 0;
            while (true) {
                byte next = bytes[at++];
                number |= (long) (next & (MORE - 1)) << shift;
                if ((next & MORE) == 0) {
                    return number;
                }
                shift += BITS_OF_A_BYTE;
            }
        }
    }
}
