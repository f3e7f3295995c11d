package chat.parley.eventprocessing.generation;

import java.util.Set;

/** Stores the documents of one read model's generations. */
public interface GenerationStorage<S> {
    /** Opens a generation. Its processors are not started yet. */
    RunningGeneration<S> open(int generation);

    /** The generations that have documents. */
    Set<Integer> present();

    /** Removes the documents and tokens of a generation that no longer runs. */
    void remove(int generation);
}
