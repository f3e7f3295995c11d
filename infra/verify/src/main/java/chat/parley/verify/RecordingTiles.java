package chat.parley.verify;

import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads tiles of a store and keeps what was read. */
final class RecordingTiles implements ReadOnlyTiles {
    private final TileStore source;
    private final Map<TileId, byte[]> recorded = new LinkedHashMap<>();

    RecordingTiles(TileStore source) {
        this.source = source;
    }

    Map<TileId, byte[]> recorded() {
        return recorded;
    }

    @Override
    public Optional<byte[]> read(TileId id) {
        Optional<byte[]> tile = source.read(id);
        tile.ifPresent(hashes -> recorded.put(id, hashes));
        return tile;
    }
}
