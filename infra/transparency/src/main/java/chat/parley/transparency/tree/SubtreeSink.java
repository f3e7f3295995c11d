package chat.parley.transparency.tree;

/** Is told of each subtree that an appended leaf completes, from the leaf itself upwards. */
@FunctionalInterface
public interface SubtreeSink {
    SubtreeSink NONE = (level, hash) -> {};

    /**
     * Takes the rightmost complete subtree of a level.
     *
     * @param level the subtree has 2^level leaves; 0 is the leaf
     */
    void completed(int level, Hash hash);
}
