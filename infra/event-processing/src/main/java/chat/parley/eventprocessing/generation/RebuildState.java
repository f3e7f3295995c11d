package chat.parley.eventprocessing.generation;

/** The state of a rebuild, as told to its operator. */
public enum RebuildState {
    /** No rebuild is under way, and no outcome is stored. */
    NONE,
    /** The new generation is filled, verified or about to be served. */
    FILLING,
    /** The new generation is served. */
    DONE,
    /** The new generation was given up; the one before is still served. */
    FAILED
}
