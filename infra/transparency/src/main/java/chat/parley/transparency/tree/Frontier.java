package chat.parley.transparency.tree;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import org.jspecify.annotations.Nullable;

/**
 * A tree that only grows: its size and the hashes of the complete subtrees that it consists of, one for each 1 in the
 * binary size. Appending costs one node hash on average. Not safe for several threads.
 */
public final class Frontier {
    private static final int LEVELS = Long.SIZE - 1;

    private final Hash[] complete;
    private long size;

    private Frontier(Hash[] complete, long size) {
        this.complete = complete;
        this.size = size;
    }

    public static Frontier empty() {
        return new Frontier(new Hash[LEVELS], 0);
    }

    /** The frontier of a stored tree. */
    public static Frontier of(HashSource source, long size) {
        if (size < 0) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "A tree has no negative size.");
        }
        Hash[] complete = new Hash[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            if ((size >>> level & 1) == 1) {
                complete[level] = source.subtree(level, (size >>> level) - 1);
            }
        }
        return new Frontier(complete, size);
    }

    public void append(Hash leaf, SubtreeSink sink) {
        if (size == Long.MAX_VALUE) {
            throw new TransparencyException(Reason.TOO_LARGE, "A tree has at most 2^63 - 1 leaves.");
        }
        Hash hash = leaf;
        int level = 0;
        sink.completed(level, hash);
        while ((size >>> level & 1) == 1) {
            hash = Hash.node(complete[level], hash);
            level++;
            sink.completed(level, hash);
        }
        complete[level] = hash;
        size++;
    }

    public long size() {
        return size;
    }

    public TreeHead head() {
        @Nullable Hash root = null;
        for (int level = 0; level < LEVELS; level++) {
            if ((size >>> level & 1) == 1) {
                root = root == null ? complete[level] : Hash.node(complete[level], root);
            }
        }
        return root == null ? TreeHead.EMPTY : new TreeHead(size, root);
    }
}
