package chat.parley.transparency.tile;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.tree.Hash;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hashes of one tile, and those over them that were asked for. */
final class HashTile {
    private final byte[] bytes;

    /** By their places in a heap: the hash over the whole tile is at 1, the tile's own hashes begin at 256. */
    private final @Nullable Hash[] nodes = new @Nullable Hash[2 * TileId.FULL];

    private HashTile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads a tile, or the beginning of the full tile that has taken the place of a partial one. */
    static HashTile read(TileStore store, TileId id) {
        Optional<byte[]> exact = store.read(id);
        if (exact.isPresent()) {
            return of(id, exact.get());
        }
        byte[] whole = Optional.of(id.whole())
                .filter(full -> id.isPartial())
                .flatMap(store::read)
                .orElseThrow(() -> new TransparencyException(Reason.TILE_MISSING, "The log has no " + id + "."));
        return new HashTile(Arrays.copyOf(of(id.whole(), whole).bytes, id.width() * Hash.BYTES));
    }

    private static HashTile of(TileId id, byte[] bytes) {
        if (bytes.length != id.width() * Hash.BYTES) {
            throw new TransparencyException(
                    Reason.MALFORMED, id + " has " + bytes.length + " bytes, not " + id.width() * Hash.BYTES + ".");
        }
        return new HashTile(bytes);
    }

    /** The hash over 2^level of its hashes. */
    Hash subtree(int level, int index) {
        int place = (TileId.FULL >> level) + index;
        Hash node = nodes[place];
        if (node == null) {
            node = level == 0
                    ? Hash.at(bytes, index * Hash.BYTES)
                    : Hash.node(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
            nodes[place] = node;
        }
        return node;
    }

    byte[] bytes() {
        return bytes;
    }
}
