package chat.parley.eventprocessing.generation;

/** Thrown on a node that was started in a former epoch of the event store, and still runs. */
final class FormerEpochException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FormerEpochException(String readModel) {
        super("Another node has begun a new epoch of the event store, and " + readModel + " belongs to it");
    }
}
