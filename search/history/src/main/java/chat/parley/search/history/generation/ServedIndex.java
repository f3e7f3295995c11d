package chat.parley.search.history.generation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.eventprocessing.generation.CatchUp;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.search.history.document.Generation;

/** The generation that is searched. */
public final class ServedIndex {
    private final GenerationSupervisor<Generation> generations;
    private final CatchUp catchUp;

    public ServedIndex(GenerationSupervisor<Generation> generations, CatchUp catchUp) {
        this.generations = generations;
        this.catchUp = catchUp;
    }

    /** @throws Refused {@link Refusal#SEARCH_UNAVAILABLE} while nothing is indexed on this node */
    public Generation generation() {
        return running().store();
    }

    /**
     * The generation, once it includes all events there are now.
     *
     * @throws Refused {@link Refusal#SEARCH_UNAVAILABLE} if that takes too long
     */
    public Generation caughtUp() {
        RunningGeneration<Generation> generation = running();
        if (!hasCaughtUp(generation)) {
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
        return generation.store();
    }

    private RunningGeneration<Generation> running() {
        return generations.findServed().orElseThrow(() -> new Refused(Refusal.SEARCH_UNAVAILABLE));
    }

    private boolean hasCaughtUp(RunningGeneration<Generation> generation) {
        try {
            return catchUp.toHead(generation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
