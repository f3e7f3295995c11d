package chat.parley.eventprocessing.generation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/** A read model that operators can rebuild beside the served one. */
public interface RebuildTarget {
    /** The stable name in requests and reports, such as {@code read-model}. */
    String name();

    /** @throws Refused {@link Refusal#REBUILD_RUNNING} if a rebuild is in progress, on any node */
    RebuildReport begin();

    /**
     * Gives up the rebuild in progress.
     *
     * @throws Refused {@link Refusal#NOT_FOUND} if there is none
     */
    void cancel();

    /** The progress of the rebuild in progress, or the outcome of the last one. */
    RebuildReport report();
}
