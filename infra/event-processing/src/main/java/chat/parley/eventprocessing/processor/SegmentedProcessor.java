package chat.parley.eventprocessing.processor;

import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.sharing.SharedProcessor;
import chat.parley.eventprocessing.token.StoredPositions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * A processor whose segments are shared by several nodes, and its progress on all of them. The status of this node's
 * segments is read from the processor, that of other segments from their stored tokens. Both positions never decrease,
 * although the stored token of a released segment may be behind.
 */
public final class SegmentedProcessor implements SharedProcessor {
    /** The whole of all events. The mask of a segment determines its share. */
    private static final int WHOLE = 1 << 16;

    private static final int[] NONE_YET = {};

    private final PooledStreamingEventProcessor processor;
    private final TokenStore tokens;
    private final StoredPositions stored;
    private final RunningProcessors running;
    private final AtomicLong complete = new AtomicLong(-1);
    private final AtomicLong reached = new AtomicLong(-1);

    private volatile int[] segments = NONE_YET;

    SegmentedProcessor(
            PooledStreamingEventProcessor processor,
            TokenStore tokens,
            StoredPositions stored,
            RunningProcessors running) {
        this.processor = processor;
        this.tokens = tokens;
        this.stored = stored;
        this.running = running;
    }

    @Override
    public String name() {
        return processor.getName();
    }

    public void start() {
        processor.start();
        running.add(this);
    }

    /** Stops after the current batches. The processor may be started again. */
    public void stop() {
        running.remove(this);
        processor.shutDown();
    }

    public boolean isRunning() {
        return processor.isRunning();
    }

    /** The number of segments is fixed once they are made. */
    @Override
    public int[] segments() {
        if (segments.length == 0) {
            segments = tokens.fetchSegments(processor.getName());
        }
        return segments.clone();
    }

    @Override
    public void claim(int segment) {
        var _ = processor.claimSegment(segment);
    }

    @Override
    public void release(int segment) {
        processor.releaseSegment(segment);
    }

    @Override
    public Map<Integer, Long> held() {
        return positions(processor.processingStatus());
    }

    private static Map<Integer, Long> positions(Map<Integer, EventTrackerStatus> held) {
        Map<Integer, Long> positions = new HashMap<>();
        held.forEach((segment, status) ->
                positions.put(segment, status.getCurrentPosition().orElse(-1)));
        return positions;
    }

    @Override
    public boolean isHeldWhole() {
        return isWhole(processor.processingStatus());
    }

    private static boolean isWhole(Map<Integer, EventTrackerStatus> held) {
        int shares = 0;
        for (EventTrackerStatus status : held.values()) {
            shares += WHOLE / (status.getSegment().getMask() + 1);
        }
        return shares >= WHOLE;
    }

    /** The global index up to which all events are handled; -1 if there is none. */
    public long position() {
        Map<Integer, EventTrackerStatus> held = processor.processingStatus();
        Map<Integer, Long> positions = positions(held);
        if (!isWhole(held)) {
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
