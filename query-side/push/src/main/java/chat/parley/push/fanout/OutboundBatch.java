package chat.parley.push.fanout;

import chat.parley.push.socket.OutboundQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * The outbound queues that hold back a frame because the next event may follow at once. Guarded by the lock of the fan-out.
 */
final class OutboundBatch {
    /** Writing this many queues takes about 10 ms, which is the longest acceptable wait of the first one. */
    private static final int MAX_QUEUES = 1_000;

    private final List<OutboundQueue> queues = new ArrayList<>();

    void hold(OutboundQueue queue, byte[] frame) {
        if (queue.hold(frame)) {
            queues.add(queue);
        }
    }

    boolean isFull() {
        return queues.size() >= MAX_QUEUES;
    }

    void flush() {
        queues.forEach(OutboundQueue::flush);
        queues.clear();
    }
}
