package chat.parley.push.event;

/** Receives some of the feed's events, in their order, on the thread that feeds the fan-out. Must not do I/O. */
@FunctionalInterface
public interface LiveEventListener {
    /** The next event follows this index. */
    default void startAfter(long index) {}

    void accept(LiveEvent event);
}
