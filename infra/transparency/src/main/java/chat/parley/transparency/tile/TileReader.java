package chat.parley.transparency.tile;

import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.HashSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hashes of a tree that is stored in tiles. It trusts the store: who does not, compares the root or verifies the
 * proofs. Keeps the tiles that it used last. Not safe for several threads.
 */
public final class TileReader implements HashSource {
    private static final int KEPT = 64;

    private final TileStore store;
    private final long size;
    private final Map<TileId, HashTile> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TileId, HashTile> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * Reads the tiles of a tree.
     *
     * @param size one for which a checkpoint was made, so that its partial tiles are stored; trees of any earlier size
     *     are read from the same tiles
     */
    public TileReader(TileStore store, long size) {
        this.store = store;
        this.size = size;
    }

    @Override
    public Hash subtree(int level, long index) {
        int tileLevel = level / TileId.HEIGHT;
        int within = level % TileId.HEIGHT;
        long first = index << within;
        long tile = first / TileId.FULL;
        TileId id = new TileId(tileLevel, tile, width(tileLevel, tile));
        HashTile hashes = kept.computeIfAbsent(id, missing -> HashTile.read(store, missing));
        return hashes.subtree(within, (int) (first % TileId.FULL) >>> within);
    }

    private int width(int level, long tile) {
        long hashes = TileId.hashes(level, size);
        return tile == hashes / TileId.FULL ? (int) (hashes % TileId.FULL) : TileId.FULL;
    }
}
