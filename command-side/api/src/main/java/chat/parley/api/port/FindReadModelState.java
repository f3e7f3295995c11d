package chat.parley.api.port;

/** Answers {@link State}. Used to wait for the read side and to measure its lag. */
public record FindReadModelState(long atLeastIndex) {
    /** @param index every read model includes everything up to this global index */
    public record State(long index) {}
}
