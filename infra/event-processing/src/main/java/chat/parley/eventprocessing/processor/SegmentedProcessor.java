package chat.parley.eventprocessing.processor;

import chat.parley.eventprocessing.token.StoredPositions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/**
 * A processor whose segments are shared by several nodes, and its progress on all of them. The status of this node's
 * segments is read from the processor, that of other segments from their stored tokens. Both positions never decrease,
 * although the stored token of a released segment may be behind.
 */
public final class SegmentedProcessor {
    /** The whole of all events. The mask of a segment determines its share. */
    private static final int WHOLE = 1 << 16;

    private final PooledStreamingEventProcessor processor;
    private final StoredPositions stored;
    private final AtomicLong complete = new AtomicLong(-1);
    private final AtomicLong reached = new AtomicLong(-1);

    SegmentedProcessor(PooledStreamingEventProcessor processor, StoredPositions stored) {
        this.processor = processor;
        this.stored = stored;
    }

    public String name() {
        return processor.getName();
    }

    public void start() {
        processor.start();
    }

    /** Stops after the current batches. The processor may be started again. */
    public void stop() {
        processor.shutDown();
    }

    public boolean isRunning() {
        return processor.isRunning();
    }

    /** The global index up to which all events are handled; -1 if there is none. */
    public long position() {
        Map<Integer, Long> positions = new HashMap<>();
        int held = 0;
        for (var status : processor.processingStatus().entrySet()) {
            positions.put(
                    status.getKey(), status.getValue().getCurrentPosition().orElse(-1));
            held += WHOLE / (status.getValue().getSegment().getMask() + 1);
        }
        if (held < WHOLE) {
            stored.of(processor.getName()).forEach(positions::putIfAbsent);
        }
        long lowest =
                positions.values().stream().mapToLong(Long::longValue).min().orElse(-1);
        positions.values().forEach(position -> reached.accumulateAndGet(position, Math::max));
        return complete.accumulateAndGet(lowest, Math::max);
    }

    /** The highest global index that any segment has handled; it may be beyond {@link #position}. */
    public long reached() {
        return Math.max(position(), reached.get());
    }
}
