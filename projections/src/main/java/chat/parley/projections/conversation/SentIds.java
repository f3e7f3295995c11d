package chat.parley.projections.conversation;

import java.util.function.LongPredicate;

/**
 * The ids under which the messages of one conversation were sent, 16 to 32 bytes each: a hash table that leads from an
 * id's hash to the positions that may have it.
 */
public final class SentIds {
    private static final int FIRST_CAPACITY = 64;
    private static final int MAX_FILLED_PERCENT = 60;

    /** 0 where a slot is free; positions begin at 1. */
    private long[] positions = new long[FIRST_CAPACITY];

    private long[] hashes = new long[FIRST_CAPACITY];
    private int size;
    private long through;

    /** All messages up to this position are in. */
    long through() {
        return through;
    }

    void includesAllThrough(long position) {
        through = position;
    }

    public void add(String id, long position) {
        if ((size + 1) * 100L > positions.length * (long) MAX_FILLED_PERCENT) {
            grow();
        }
        put(hash(id), position);
        size++;
    }

    private void put(long hash, long position) {
        int slot = slot(hash);
        while (positions[slot] != 0) {
            slot = (slot + 1) & (positions.length - 1);
        }
        hashes[slot] = hash;
        positions[slot] = position;
    }

    private void grow() {
        long[] oldPositions = positions;
        long[] oldHashes = hashes;
        positions = new long[oldPositions.length * 2];
        hashes = new long[oldHashes.length * 2];
        for (int i = 0; i < oldPositions.length; i++) {
            if (oldPositions[i] != 0) {
                put(oldHashes[i], oldPositions[i]);
            }
        }
    }

    /** The position whose message really has this id, 0 where none has: different ids may share a hash. */
    public long find(String id, LongPredicate hasIt) {
        long hash = hash(id);
        for (int slot = slot(hash); positions[slot] != 0; slot = (slot + 1) & (positions.length - 1)) {
            if (hashes[slot] == hash && hasIt.test(positions[slot])) {
                return positions[slot];
            }
        }
        return 0;
    }

    public int bytes() {
        return positions.length * 2 * Long.BYTES;
    }

    private int slot(long hash) {
        return (int) hash & (positions.length - 1);
    }

    /** FNV-1a, with the high bits brought down into those that choose the slot. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 32);
    }
}
