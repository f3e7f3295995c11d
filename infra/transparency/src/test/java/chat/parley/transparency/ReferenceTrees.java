package chat.parley.transparency;

import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.HashSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Trees by RFC 9162's recursive definition, without anything incremental or stored. */
public final class ReferenceTrees {
    private ReferenceTrees() {}

    /** Leaves of entries that differ by this seed and their index. */
    public static List<Hash> leaves(int size, int seed) {
        return IntStream.range(0, size)
                .mapToObj(index -> Hash.leaf((seed + "/" + index).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** The Merkle tree hash of section 2.1.1. */
    public static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.EMPTY_TREE;
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return Hash.node(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    public static HashSource source(List<Hash> leaves) {
        return (level, index) -> {
            int first = (int) (index << level);
            return root(leaves.subList(first, first + (1 << level)));
        };
    }
}
