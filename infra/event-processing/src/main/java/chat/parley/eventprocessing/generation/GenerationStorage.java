package chat.parley.eventprocessing.generation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores the documents of one read model's generations. */
public interface GenerationStorage<S> {
    /**
     * Opens a generation. Its processors are not started yet.
     *
     * @throws GenerationRejected if the storage refuses to create it
     */
    RunningGeneration<S> open(int generation);

    /** The generations that have documents. */
    Set<Integer> present();

    /** Removes the documents and tokens of a generation that no longer runs. */
    void remove(int generation);

    /** Whether generations can run now. While they cannot, all of this node are stopped. */
    default boolean isAvailable() {
        return true;
    }

    /**
     * Leads queries to this generation, where the storage decides which one they read. Called after the pointer has named
     * it, and before the generation that was served until then is stopped.
     */
    default void serve(RunningGeneration<S> generation) {}

    /** Called at every supervision, for what the storage has to look after. */
    default void maintain(RunningGeneration<S> served, @Nullable RunningGeneration<S> filling) {}

    /** Whether the documents of the served generation have another format than this node writes. */
    default boolean isOutdated(RunningGeneration<S> served) {
        return false;
    }
}
