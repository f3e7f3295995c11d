package chat.parley.audit.log;

import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileStore;
import java.util.Map;
import java.util.Optional;

/** The tiles of a log that was continued, for reading only. */
record PastTiles(LogTables tables, String origin) implements TileStore {
    @Override
    public Optional<byte[]> read(TileId id) {
        return tables.readPast(origin, id);
    }

    @Override
    public void write(Map<TileId, byte[]> contents) {
        throw new UnsupportedOperationException("A log that was continued does not grow.");
    }

    @Override
    public void deletePartials(TileId full) {
        throw new UnsupportedOperationException("A log that was continued does not grow.");
    }
}
