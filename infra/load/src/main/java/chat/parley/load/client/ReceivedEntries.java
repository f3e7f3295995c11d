package chat.parley.load.client;

import chat.parley.load.protocol.ReceivedFrame;
import java.util.Arrays;

/** What one device received of one conversation, in the order of arrival: 12 bytes an entry. */
public final class ReceivedEntries implements EntryListener {
    private static final int FIRST_CAPACITY = 16;

    private int[] positions = new int[FIRST_CAPACITY];
    private long[] said = new long[FIRST_CAPACITY];
    private int size;
    private int last;

    @Override
    public void add(ReceivedFrame.Entry entry) {
        add(entry.position(), entry.said());
    }

    void add(long position, long what) {
        if (size == positions.length) {
            int capacity = size + (size >> 1);
            positions = Arrays.copyOf(positions, capacity);
            said = Arrays.copyOf(said, capacity);
        }
        positions[size] = Math.toIntExact(position);
        said[size] = what;
        size++;
        last = Math.max(last, positions[size - 1]);
    }

    public int size() {
        return size;
    }

    @Override
    public int last() {
        return last;
    }

    public int position(int arrival) {
        return positions[arrival];
    }

    public long said(int arrival) {
        return said[arrival];
    }
}
