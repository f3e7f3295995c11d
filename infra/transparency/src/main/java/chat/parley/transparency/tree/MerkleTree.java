package chat.parley.transparency.tree;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A tree of a given size over stored hashes. A smaller size than the stored one is a view of the past. */
public final class MerkleTree {
    private final HashSource source;
    private final long size;

    public MerkleTree(HashSource source, long size) {
        if (size < 0) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "A tree has no negative size.");
        }
        this.source = source;
        this.size = size;
    }

    public TreeHead head() {
        return size == 0 ? TreeHead.EMPTY : new TreeHead(size, hash(0, size));
    }

    /** Proves that a leaf is in this tree. */
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size) {
            throw new TransparencyException(
                    Reason.OUT_OF_RANGE, "There is no leaf " + index + " in a tree of " + size + ".");
        }
        List<Hash> path = new ArrayList<>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long middle = start + leftSize(end - start);
            if (index < middle) {
                path.add(hash(middle, end));
                end = middle;
            } else {
                path.add(hash(start, middle));
                start = middle;
            }
        }
        Collections.reverse(path);
        return new InclusionProof(index, size, path);
    }

    /** Proves that this tree begins with the tree of an earlier size. */
    public ConsistencyProof consistency(long oldSize) {
        if (oldSize < 0 || oldSize > size) {
            throw new TransparencyException(
                    Reason.OUT_OF_RANGE, "A tree of " + size + " has had no size of " + oldSize + ".");
        }
        List<Hash> path = new ArrayList<>();
        if (oldSize == 0 || oldSize == size) {
            return new ConsistencyProof(oldSize, size, path);
        }
        long start = 0;
        long end = size;
        while (end > oldSize) {
            long middle = start + leftSize(end - start);
            if (oldSize <= middle) {
                path.add(hash(middle, end));
                end = middle;
            } else {
                path.add(hash(start, middle));
                start = middle;
            }
        }
        if (start > 0) {
            // The old tree's last subtree; if it is the whole old tree, the verifier has its hash.
            path.add(hash(start, end));
        }
        Collections.reverse(path);
        return new ConsistencyProof(oldSize, size, path);
    }

    /** The largest power of two below a number above 1. */
    private static long leftSize(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    private Hash hash(long start, long end) {
        long leaves = end - start;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return source.subtree(level, start >>> level);
        }
        long middle = start + leftSize(leaves);
        return Hash.node(hash(start, middle), hash(middle, end));
    }
}
