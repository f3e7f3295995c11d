package chat.parley.transparency.tile;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Withholds what the minimum index of a log prunes, without deleting it, as tlog-tiles recommends: the log's owner still
 * reads the store itself.
 */
public final class PrunedTileStore implements TileStore {
    private final TileStore store;
    private final LongSupplier minimumIndex;

    /**
     * Prunes a store.
     *
     * @param minimumIndex entries below it are not published; at most the size of the current checkpoint
     */
    public PrunedTileStore(TileStore store, LongSupplier minimumIndex) {
        this.store = store;
        this.minimumIndex = minimumIndex;
    }

    /** Whether a log with this minimum index may refuse a tile or bundle. */
    public static boolean isPruned(TileId id, long minimumIndex) {
        if (minimumIndex < 0) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "A minimum index is not negative.");
        }
        return id.endIndex() <= minimumIndex;
    }

    @Override
    public Optional<byte[]> read(TileId id) {
        return isPruned(id, minimumIndex.getAsLong()) ? Optional.empty() : store.read(id);
    }

    @Override
    public void write(Map<TileId, byte[]> contents) {
        store.write(contents);
    }

    @Override
    public void deletePartials(TileId full) {
        store.deletePartials(full);
    }
}
