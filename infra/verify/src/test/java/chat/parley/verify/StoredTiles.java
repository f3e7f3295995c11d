package chat.parley.verify;

import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tiles in memory. */
final class StoredTiles implements TileStore {
    private final Map<TileId, byte[]> tiles = new HashMap<>();

    @Override
    public Optional<byte[]> read(TileId id) {
        return Optional.ofNullable(tiles.get(id));
    }

    @Override
    public void write(Map<TileId, byte[]> contents) {
        tiles.putAll(contents);
    }

    @Override
    public void deletePartials(TileId full) {
        tiles.keySet().removeIf(id -> id.isPartial() && id.whole().equals(full));
    }
}
