package chat.parley.transparency.tile;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.tree.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Up to 256 entries as tlog-tiles encodes them: each after its length in two bytes. */
public final class EntryBundle {
    /** The longest entry whose length fits in two bytes. */
    public static final int MAX_ENTRY = 0xFFFF;

    private EntryBundle() {}

    public static byte[] encode(List<byte[]> entries) {
        requireWidth(entries.size());
        int length = 0;
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new TransparencyException(
                        Reason.TOO_LARGE, "An entry has " + entry.length + " bytes; the most is 65535.");
            }
            length += Short.BYTES + entry.length;
        }
        ByteBuffer bundle = ByteBuffer.allocate(length);
        entries.forEach(entry -> bundle.putShort((short) entry.length).put(entry));
        return bundle.array();
    }

    /** Reads a bundle of exactly this many entries. */
    public static List<byte[]> decode(byte[] bundle, int width) {
        requireWidth(width);
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        List<byte[]> entries = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            if (rest.remaining() < Short.BYTES) {
                throw new TransparencyException(Reason.MALFORMED, "A bundle has fewer entries than its width.");
            }
            int length = Short.toUnsignedInt(rest.getShort());
            if (rest.remaining() < length) {
                throw new TransparencyException(Reason.MALFORMED, "A bundle ends within an entry.");
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        if (rest.hasRemaining()) {
            throw new TransparencyException(Reason.MALFORMED, "A bundle continues after its last entry.");
        }
        return entries;
    }

    /** Reads a bundle and compares the hashes of its entries with the tile of their leaves. */
    public static List<byte[]> decode(byte[] bundle, TileId id, TileStore tiles) {
        List<byte[]> entries = decode(bundle, id.width());
        HashTile leaves = HashTile.read(tiles, new TileId(0, id.index(), id.width()));
        for (int i = 0; i < entries.size(); i++) {
            if (!Hash.leaf(entries.get(i)).equals(leaves.subtree(0, i))) {
                throw new TransparencyException(
                        Reason.TREE_MISMATCH,
                        "Entry " + (id.index() * TileId.FULL + i) + " does not hash to its leaf in the tree.");
            }
        }
        return entries;
    }

    private static void requireWidth(int width) {
        if (width < 1 || width > TileId.FULL) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "A bundle has 1 to 256 entries, not " + width + ".");
        }
    }
}
