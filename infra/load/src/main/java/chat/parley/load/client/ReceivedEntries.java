package chat.parley.load.client;

import chat.parley.load.protocol.ReceivedFrame;
import java.util.Arrays;

/** The entries of one conversation that one client received, in the order of arrival: 12 bytes each. */
public final class ReceivedEntries implements EntryListener {
    private static final int INITIAL_CAPACITY = 16;

    private int[] positions = new int[INITIAL_CAPACITY];
    private long[] contentHashes = new long[INITIAL_CAPACITY];
    private int size;
    private int last;

    @Override
    public void received(ReceivedFrame.Entry entry) {
        if (size == positions.length) {
            int capacity = size + (size >> 1);
            positions = Arrays.copyOf(positions, capacity);
            contentHashes = Arrays.copyOf(contentHashes, capacity);
        }
        positions[size] = Math.toIntExact(entry.position());
        contentHashes[size] = entry.contentHash();
        last = Math.max(last, positions[size]);
        size++;
    }

    public int size() {
        return size;
    }

    @Override
    public int lastPosition() {
        return last;
    }

    public int position(int arrival) {
        return positions[arrival];
    }

    public long contentHash(int arrival) {
        return contentHashes[arrival];
    }
}
