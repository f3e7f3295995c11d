package chat.parley.eventprocessing.generation;

/** Thrown if a read model includes events that the event store does not have: the store was restored or exchanged. */
public final class ReadModelAheadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reached the highest global index that the read model includes
     * @param head    the global index of the newest event; -1 if there is none
     */
    ReadModelAheadException(String generation, String readModel, long reached, long head) {
        super("Generation " + generation + " of " + readModel + " includes event " + reached
                + ", but the event store ends with "
                + (head < 0 ? "no event" : "event " + head)
                + ". It was restored from an older backup, or it is another one");
    }
}
