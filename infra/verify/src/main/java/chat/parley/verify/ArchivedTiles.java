package chat.parley.verify;

import chat.parley.transparency.tile.TileId;
import java.util.Map;
import java.util.Optional;

/** The tiles of an archive. */
record ArchivedTiles(Map<TileId, byte[]> tiles) implements ReadOnlyTiles {
    @Override
    public Optional<byte[]> read(TileId id) {
        return Optional.ofNullable(tiles.get(id));
    }
}
