package chat.parley.transparency.tile;

import java.util.Map;
import java.util.Optional;

/** Where tiles are kept. Failures of the storage are {@link java.io.UncheckedIOException}s. */
public interface TileStore {
    /** The content of exactly this tile; a partial one is not looked for in the full one. */
    Optional<byte[]> read(TileId id);

    /**
     * Stores tiles, durably when this returns. Content never changes: storing it again does nothing, and
     * other content is refused as {@link chat.parley.transparency.Reason#TILE_CONFLICT}. Another thread or a crash sees
     * each tile whole or not at all.
     */
    void write(Map<TileId, byte[]> contents);

    /** Removes the partial tiles of a full tile that is stored. */
    void deletePartials(TileId full);
}
