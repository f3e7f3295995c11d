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

    /** Waits until the generation includes all events stored until now. False on a timeout. */
    public boolean toHead(RunningGeneration<?> generation) throws InterruptedException {
        return to(generation, head.index());
    }

    /** Waits until the generation includes all events up to this global index. False on a timeout. */
    boolean to(RunningGeneration<?> generation, long index) throws InterruptedException {
        return progress.await(() -> generation.position() >= index, patience);
    }

    long headIndex() {
        return head.index();
    }

    /** Wakes the threads that wait for a position, because another generation is served. */
    void served() {
        progress.advanced();
    }
}
