package chat.parley.push.fanout;

/** A receiver of some events of the feed, in their order, on the thread that feeds the fan-out. Does no I/O. */
@FunctionalInterface
public interface LiveEventListener {
    /** The next event follows this index. */
    default void startAfter(long index) {}

    void accept(LiveEvent event);
}
