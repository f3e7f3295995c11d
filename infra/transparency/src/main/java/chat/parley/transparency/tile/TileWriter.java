package chat.parley.transparency.tile;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.tree.Frontier;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Appends leaves to a tree and stores its tiles. Leaves are durable after {@link #flush()}, whose head may then be
 * signed. Not safe for several threads, and the only writer of its store.
 */
public final class TileWriter {
    /** So many full tiles, of 8 KiB each, wait at most for the next flush. */
    private static final int MAX_WAITING = 128;

    private final TileStore store;
    private final Frontier frontier;
    private final byte[][] open = new byte[TileId.MAX_LEVEL + 1][TileId.FULL * Hash.BYTES];
    private final Map<TileId, byte[]> waiting = new LinkedHashMap<>();

    private TileWriter(TileStore store, Frontier frontier) {
        this.store = store;
        this.frontier = frontier;
    }

    /**
     * Continues a stored log after the last head that was signed. Tiles beyond it are taken for the rest of an unsigned
     * flush; appending other leaves than theirs is refused as {@link Reason#TILE_CONFLICT}.
     */
    public static TileWriter open(TileStore store, TreeHead head) {
        TileWriter writer = new TileWriter(store, Frontier.of(new TileReader(store, head.size()), head.size()));
        if (!writer.frontier.head().equals(head)) {
            throw new TransparencyException(
                    Reason.TREE_MISMATCH, "The stored tiles of size " + head.size() + " have another root.");
        }
        for (TileId partial : TileId.partialsOf(head.size())) {
            byte[] hashes = HashTile.read(store, partial).bytes();
            System.arraycopy(hashes, 0, writer.open[partial.level()], 0, hashes.length);
        }
        return writer;
    }

    /** Appends a leaf; if an exception leaves this method, it did not. */
    public void append(Hash leaf) {
        if (waiting.size() >= MAX_WAITING) {
            writeWaiting();
        }
        long size = frontier.size();
        frontier.append(leaf, (level, hash) -> {
            if (level % TileId.HEIGHT == 0) {
                add(level / TileId.HEIGHT, TileId.hashes(level / TileId.HEIGHT, size), hash);
            }
        });
    }

    private void add(int level, long number, Hash hash) {
        int place = (int) (number % TileId.FULL);
        hash.writeTo(open[level], place * Hash.BYTES);
        if (place == TileId.FULL - 1) {
            waiting.put(TileId.full(level, number / TileId.FULL), open[level].clone());
        }
    }

    public long size() {
        return frontier.size();
    }

    /** Stores all tiles of the tree. */
    public TreeHead flush() {
        for (TileId partial : TileId.partialsOf(frontier.size())) {
            waiting.put(partial, Arrays.copyOf(open[partial.level()], partial.width() * Hash.BYTES));
        }
        writeWaiting();
        return frontier.head();
    }

    private void writeWaiting() {
        store.write(waiting);
        waiting.keySet().stream().filter(id -> !id.isPartial()).forEach(store::deletePartials);
        waiting.clear();
    }
}
