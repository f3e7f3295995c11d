package chat.parley.projections.processing;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/** The processor of one group in one generation, and how far it has come on all nodes together. */
public final class GroupProcessor {
    /** All events; a segment has the part of them that its mask leaves. */
    private static final int WHOLE = 1 << 16;

    private final EventGroup group;
    private final PooledStreamingEventProcessor processor;
    private final TokenPositions tokens;

    public GroupProcessor(EventGroup group, PooledStreamingEventProcessor processor, TokenPositions tokens) {
        this.group = group;
        this.processor = processor;
        this.tokens = tokens;
    }

    EventGroup group() {
        return group;
    }

    public void start() {
        processor.start();
    }

    public void stop() {
        processor.shutDown();
    }

    /** Everything up to this global index is in the documents; -1 where nothing is. */
    public long position() {
        Map<Integer, Long> positions = new HashMap<>();
        int held = 0;
        for (var status : processor.processingStatus().entrySet()) {
            OptionalLong position = status.getValue().getCurrentPosition();
            positions.put(status.getKey(), position.orElse(-1));
            held += WHOLE / (status.getValue().getSegment().getMask() + 1);
        }
        if (held < WHOLE) {
            tokens.of(processor.getName()).forEach(positions::putIfAbsent);
        }
        return positions.values().stream().mapToLong(Long::longValue).min().orElse(-1);
    }
}
