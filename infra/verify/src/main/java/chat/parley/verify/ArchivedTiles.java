package chat.parley.verify;

import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileStore;
import java.util.Map;
import java.util.Optional;

/** The tiles of an archive, for reading only. */
record ArchivedTiles(Map<TileId, byte[]> tiles) implements TileStore {
    @Override
    public Optional<byte[]> read(TileId id) {
        return Optional.ofNullable(tiles.get(id));
    }

    @Override
    public void write(Map<TileId, byte[]> contents) {
        throw new UnsupportedOperationException("An archive is read only.");
    }

    @Override
    public void deletePartials(TileId full) {
        throw new UnsupportedOperationException("An archive is read only.");
    }
}
