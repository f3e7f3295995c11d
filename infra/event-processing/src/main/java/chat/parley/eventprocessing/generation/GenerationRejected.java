package chat.parley.eventprocessing.generation;

/** Thrown if the storage refuses to create a generation, and would refuse it again. */
public final class GenerationRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GenerationRejected(RuntimeException refusal) {
        super(refusal.getMessage(), refusal);
    }
}
