package chat.parley.verify;

import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileStore;
import java.util.Map;

/** Tiles that are only read. */
interface ReadOnlyTiles extends TileStore {
    @Override
    default void write(Map<TileId, byte[]> contents) {
        throw new UnsupportedOperationException("Tiles are only read here.");
    }

    @Override
    default void deletePartials(TileId full) {
        throw new UnsupportedOperationException("Tiles are only read here.");
    }
}
