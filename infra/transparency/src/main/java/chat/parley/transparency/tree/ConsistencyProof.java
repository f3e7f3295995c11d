package chat.parley.transparency.tree;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.util.List;

/**
 * Leads from the root of an earlier tree to the root of a later one that begins with it.
 *
 * @param oldSize number of leaves of the earlier tree
 * @param newSize number of leaves of the later tree
 * @param path    hashes in the order of RFC 9162, section 2.1.4.1; none if the sizes are equal or the earlier one is 0
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
    /** As the witness protocol limits it. */
    public static final int MAX_PATH = 63;

    public ConsistencyProof {
        if (oldSize < 0 || oldSize > newSize) {
            throw new TransparencyException(
                    Reason.OUT_OF_RANGE, "A tree of " + newSize + " has had no size of " + oldSize + ".");
        }
        if (path.size() > MAX_PATH) {
            throw new TransparencyException(
                    Reason.TOO_LARGE, "A proof has at most 63 hashes, not " + path.size() + ".");
        }
        path = List.copyOf(path);
    }

    /** Whether the tree with the new root begins with the tree with the old one (RFC 9162, section 2.1.4.2). */
    public boolean proves(Hash oldRoot, Hash newRoot) {
        if (newSize == 0 && !newRoot.equals(Hash.EMPTY_TREE)) {
            return false;
        }
        if (oldSize == 0) {
            return path.isEmpty() && oldRoot.equals(Hash.EMPTY_TREE);
        }
        if (oldSize == newSize) {
            return path.isEmpty() && oldRoot.equals(newRoot);
        }
        boolean oldIsOneSubtree = Long.bitCount(oldSize) == 1;
        if (!oldIsOneSubtree && path.isEmpty()) {
            return false;
        }
        return walks(
                oldIsOneSubtree ? oldRoot : path.get(0),
                oldIsOneSubtree ? path : path.subList(1, path.size()),
                oldRoot,
                newRoot);
    }

    private boolean walks(Hash first, List<Hash> rest, Hash oldRoot, Hash newRoot) {
        int whole = Long.numberOfTrailingZeros(oldSize);
        long node = (oldSize - 1) >>> whole;
        long last = (newSize - 1) >>> whole;
        Hash oldHash = first;
        Hash newHash = first;
        for (Hash sibling : rest) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                oldHash = Hash.node(sibling, oldHash);
                newHash = Hash.node(sibling, newHash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                newHash = Hash.node(newHash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
    }

    /** Refuses a later tree that does not begin with the earlier one. */
    public void require(Hash oldRoot, Hash newRoot) {
        if (!proves(oldRoot, newRoot)) {
            throw new TransparencyException(
                    Reason.PROOF_INVALID,
                    "The tree of size " + newSize + " does not begin with the tree of size " + oldSize + ".");
        }
    }
}
