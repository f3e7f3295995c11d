package chat.parley.api.port;

/** Answers {@link State}; used to wait for the read side and to report how far behind it is. */
public record FindReadModelState(long atLeastIndex) {
    /** @param index everything up to this global index is in every read model */
    public record State(long index) {}
}
