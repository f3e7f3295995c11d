package chat.parley.transparency.tree;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.util.List;

/**
 * Leads from a leaf to the root. The size and the root have to be of one signed head: a path of the same shape leads to
 * the same root for other sizes too.
 *
 * @param index number of the leaf, from 0
 * @param size  number of leaves of the tree
 * @param path  hashes beside the way, from the leaf's sibling upwards
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    /** The height of the largest tree. */
    public static final int MAX_PATH = 63;

    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new TransparencyException(
                    Reason.OUT_OF_RANGE, "There is no leaf " + index + " in a tree of " + size + ".");
        }
        if (path.size() > MAX_PATH) {
            throw new TransparencyException(
                    Reason.TOO_LARGE, "A proof has at most 63 hashes, not " + path.size() + ".");
        }
        path = List.copyOf(path);
    }

    /** Whether the leaf is in the tree with this root (RFC 9162, section 2.1.3.2). */
    public boolean proves(Hash leaf, Hash root) {
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Hash.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** Refuses a leaf that the proof does not place in the tree with this root. */
    public void require(Hash leaf, Hash root) {
        if (!proves(leaf, root)) {
            throw new TransparencyException(
                    Reason.PROOF_INVALID, "Entry " + index + " is not in the tree of size " + size + ".");
        }
    }
}
