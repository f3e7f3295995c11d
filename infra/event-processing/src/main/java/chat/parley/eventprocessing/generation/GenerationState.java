package chat.parley.eventprocessing.generation;

/** The states of a generation on one node; {@link GenerationSupervisor} has the transitions. */
enum GenerationState {
    /** Its processors read the events from the first on. */
    FILLING,
    /** It includes what the served generation includes; what both hold is compared. */
    VERIFYING,
    /** It holds what it should. The served generation stands still until this one includes all that it had reached. */
    CATCHING_UP,
    /** It answers queries. */
    SERVED,
    /** Another generation is served, or this one was given up; its processors have stopped. */
    STOPPED
}
