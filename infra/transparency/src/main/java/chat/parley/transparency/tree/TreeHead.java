package chat.parley.transparency.tree;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;

/**
 * What a whole tree is.
 *
 * @param size number of leaves
 * @param root hash of all of them
 */
public record TreeHead(long size, Hash root) {
    public static final TreeHead EMPTY = new TreeHead(0, Hash.EMPTY_TREE);

    public TreeHead {
        if (size < 0) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "A tree has no negative size.");
        }
    }
}
