package chat.parley.search.history.generation;

import chat.parley.search.history.document.Generation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/** What fills a generation on this node, and how far it has come on all nodes together. */
public final class GenerationProcess {
    /** All events; a segment has the part of them that its mask leaves. */
    private static final int WHOLE = 1 << 16;

    private final Generation generation;
    private final PooledStreamingEventProcessor processor;
    private final IndexTokens tokens;
    private final List<ScheduledExecutorService> executors;
    private volatile long startedAt;
    private volatile long startedFrom;

    GenerationProcess(
            Generation generation,
            PooledStreamingEventProcessor processor,
            IndexTokens tokens,
            List<ScheduledExecutorService> executors) {
        this.generation = generation;
        this.processor = processor;
        this.tokens = tokens;
        this.executors = executors;
    }

    public Generation generation() {
        return generation;
    }

    void start() {
        startedFrom = tokens.positions(processor.getName()).values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(-1);
        startedAt = System.nanoTime();
        processor.start();
    }

    /** What is being written is finished; it may be started again. */
    void pause() {
        processor.shutDown();
    }

    void stop() {
        processor.shutDown();
        executors.forEach(ScheduledExecutorService::shutdown);
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
            tokens.positions(processor.getName()).forEach(positions::putIfAbsent);
        }
        return positions.values().stream().mapToLong(Long::longValue).min().orElse(-1);
    }

    /** Since it was started here. */
    long eventsPerSecond() {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        return Math.max(0, Math.round((position() - startedFrom) / seconds));
    }
}
