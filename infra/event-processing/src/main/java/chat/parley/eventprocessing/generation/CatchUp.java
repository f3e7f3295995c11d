package chat.parley.eventprocessing.generation;

import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.eventprocessing.stream.ProgressSignal;
import java.time.Duration;

/** Waits for generations to include events. */
public final class CatchUp {
    private final EventHead head;
    private final ProgressSignal progress;
    private final Duration patience;

    public CatchUp(EventHead head, ProgressSignal progress, Duration patience) {
        this.head = head;
        this.progress = progress;
        this.patience = patience;
    }

    /** Whether the generation came to include, in time, all events there are now. */
    public boolean toHead(RunningGeneration<?> generation) throws InterruptedException {
        return to(generation, head.index());
    }

    /** Whether the generation came to include, in time, everything up to this global index. */
    boolean to(RunningGeneration<?> generation, long index) throws InterruptedException {
        return progress.await(() -> generation.position() >= index, patience);
    }

    long headIndex() {
        return head.index();
    }

    /** Wakes threads that wait for a position: another generation is served. */
    void served() {
        progress.advanced();
    }
}
