package chat.parley.push.fanout;

import chat.parley.push.socket.OutboundQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * The outbound queues that hold back a frame because the next event may follow at once. Guarded by the lock of the fan-out.
 */
final class OutboundBatch {
    /** The writes of so many queues take some 10 ms; the first of them should not wait for longer. */
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
