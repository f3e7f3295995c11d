package chat.parley.transparency.tree;

/** The stored hashes of a tree. */
@FunctionalInterface
public interface HashSource {
    /**
     * The hash of a complete subtree, which is never one beyond the tree's size.
     *
     * @param level the subtree has 2^level leaves
     * @param index its number among the subtrees of its level, from the left
     */
    Hash subtree(int level, long index);
}
