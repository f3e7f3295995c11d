package chat.parley.eventprocessing.generation;

import java.util.Set;

/** Where the documents of one read model's generations are kept. */
public interface GenerationStorage<S> {
    /** The generation with processors that are not started yet. */
    RunningGeneration<S> open(int generation);

    /** The generations that have any documents. */
    Set<Integer> present();

    /** Removes the documents and tokens of a generation that no longer runs. */
    void remove(int generation);
}
