package chat.parley.eventprocessing.generation;

/** The states of a generation on one node; {@link GenerationSupervisor} has the transitions. */
enum GenerationState {
    /** Its processors read the events from the first on. */
    FILLING,
    /** It includes all events that the served generation includes. The counts of both are compared. */
    VERIFYING,
    /**
     * Its counts are right. The served generation is paused until this one includes all events that it had reached.
     */
    CATCHING_UP,
    /** It answers queries. */
    SERVED,
    /** Another generation is served, or this one was given up; its processors have stopped. */
    STOPPED
}
