package chat.parley.projections.entry;

import java.util.function.LongPredicate;

/**
 * A compact hash table from the client message ids of one conversation to positions, 16 to 32 bytes per message. It
 * stores hashes only, so a found position has to be verified.
 */
public final class ClientMessageIdTable {
    private static final int FIRST_CAPACITY = 64;
    private static final int MAX_FILLED_PERCENT = 60;

    /** 0 marks a free slot; positions begin at 1. */
    private long[] positions = new long[FIRST_CAPACITY];

    private long[] hashes = new long[FIRST_CAPACITY];
    private int size;
    private long through;

    /** The table includes all messages up to this position. */
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

    /**
     * The position whose message has this id; 0 if there is none. {@code hasIt} verifies each candidate, because
     * different ids may share a hash.
     */
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

    /** FNV-1a, with the high bits mixed into the low bits that select the slot. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 32);
    }
}
