package chat.parley.load.metrics;

import chat.parley.load.protocol.MessageIds;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The {@link System#nanoTime()} at which each message was first sent. */
public final class SendTimes {
    private final AtomicReferenceArray<@Nullable AtomicLongArray> blocks;

    public SendTimes(int blockCount) {
        blocks = new AtomicReferenceArray<>(blockCount);
    }

    public void open(int block, int steps) {
        blocks.set(block, new AtomicLongArray(steps));
    }

    /** Ignores further attempts to send the same message. */
    void sent(String clientMessageId, long nanos) {
        long tag = MessageIds.tag(clientMessageId);
        AtomicLongArray steps = block(tag);
        if (steps != null) {
            steps.compareAndSet(MessageIds.step(tag), 0, nanos);
        }
    }

    /** Nanoseconds since this message was sent; negative if it was not sent by this process. */
    long since(long tag, long nanos) {
        AtomicLongArray steps = tag == 0 ? null : block(tag);
        if (steps == null || MessageIds.step(tag) >= steps.length()) {
            return -1;
        }
        long sent = steps.get(MessageIds.step(tag));
        return sent == 0 ? -1 : nanos - sent;
    }

    private @Nullable AtomicLongArray block(long tag) {
        int block = MessageIds.block(tag);
        return block < blocks.length() ? blocks.get(block) : null;
    }
}
