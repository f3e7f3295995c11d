package chat.parley.push.fanout;

/** Told of some events of the feed in their order, by the thread that feeds the fan-out: does no I/O. */
@FunctionalInterface
public interface FeedListener {
    /** What comes next follows this index. */
    default void startAfter(long index) {}

    void accept(LiveEvent event);
}
