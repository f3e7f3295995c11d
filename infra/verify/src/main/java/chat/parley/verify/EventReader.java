package chat.parley.verify;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.entry.EpochEntry;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads the events of an archive and keeps their leaves. */
final class EventReader {
    /** Longer than any event: 100,000 characters, sealed and in base64, with their metadata. */
    private static final int MAX_LINE = 4 * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final int FIRST_CAPACITY = 1024;

    private long[] indexes = new long[FIRST_CAPACITY];
    private byte[] leaves = new byte[FIRST_CAPACITY * Hash.BYTES];
    private final @Nullable EpochEntry epoch;
    /** Only one thread writes it; another one tells the progress. */
    private volatile int count;

    private long erased;

    /** @param epoch the first entry of a log that continues another one; null if this one continues none */
    EventReader(@Nullable EpochEntry epoch) {
        this.epoch = epoch;
    }

    long count() {
        return count;
    }

    long erased() {
        return erased;
    }

    void readAll(InputStream compressed) throws IOException, VerificationException {
        try (InputStream lines = new BackgroundInput(new GZIPInputStream(compressed, BUFFER))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = lines.read(buffer); read >= 0; read = lines.read(buffer)) {
                addLines(buffer, read, line);
            }
            if (line.size() > 0) {
                throw malformed("does not end with a newline");
            }
        } catch (ZipException | EOFException damaged) {
            throw new VerificationException(
                    Finding.ENTRY_ALTERED,
                    ArchiveNames.EVENTS + " cannot be decompressed after event line " + count + ".",
                    damaged);
        }
    }

    /** @param line what was read of a line that is not complete yet */
    private void addLines(byte[] buffer, int length, ByteArrayOutputStream line) throws VerificationException {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                line.write(buffer, start, i - start);
                add(line.toByteArray());
                line.reset();
                start = i + 1;
            }
        }
        line.write(buffer, start, length - start);
        if (line.size() > MAX_LINE) {
            throw malformed("is longer than any event");
        }
    }

    private VerificationException malformed(String what) {
        return new VerificationException(Finding.EVENT_MALFORMED, "Event line " + (count + 1) + " " + what + ".");
    }

    private void add(byte[] line) throws VerificationException {
        ExportedEvent.Line read = parse(line);
        ExportedEvent event = read.event();
        int at = count;
        if (at > 0 && event.index() <= indexes[at - 1]) {
            throw new VerificationException(
                    Finding.EVENT_OUT_OF_ORDER, "Event " + event.index() + " is after event " + indexes[at - 1] + ".");
        }
        grow();
        indexes[at] = event.index();
        if (read.leaf() == null) {
            erased++;
        } else if (event.agreesWithRecord()) {
            leaf(event.index(), read.leaf()).writeTo(leaves, at * Hash.BYTES);
        } else {
            throw new VerificationException(
                    Finding.EVENT_ALTERED,
                    "The payload or the metadata of event " + event.index() + " are not those of its record.");
        }
        count = at + 1;
    }

    private Hash leaf(long index, Hash record) throws VerificationException {
        if (index > 0 || epoch == null) {
            return record;
        }
        if (!epoch.first().equals(record)) {
            throw new VerificationException(
                    Finding.EVENT_ALTERED, "The record of event 0 is not the one that the log began with.");
        }
        return epoch.leafHash();
    }

    private ExportedEvent.Line parse(byte[] line) throws VerificationException {
        try {
            return ExportedEvent.read(line).orElseThrow(() -> malformed("is no event"));
        } catch (TransparencyException record) {
            throw malformed("has a record that does not follow its format");
        }
    }

    private void grow() {
        if (count == indexes.length) {
            indexes = Arrays.copyOf(indexes, count * 2);
            leaves = Arrays.copyOf(leaves, Math.multiplyExact(count * 2, Hash.BYTES));
        }
    }

    void requireRange(Manifest manifest, long treeSize) throws VerificationException {
        if (count > 0 && indexes[count - 1] >= treeSize) {
            throw new VerificationException(
                    Finding.EVENT_OUT_OF_RANGE,
                    "Event " + indexes[count - 1] + " is newer than the checkpoint of " + treeSize + " events.");
        }
        if (count > 0 && (indexes[0] < manifest.first() || indexes[count - 1] > manifest.last())) {
            throw new VerificationException(
                    Finding.EVENT_OUT_OF_RANGE, "An event lies outside the range of the manifest.");
        }
        long all = Math.max(0, manifest.last() - manifest.first() + 1);
        if (manifest.isComplete() && count != all) {
            throw new VerificationException(
                    Finding.EVENT_MISSING,
                    "The range has " + all + " events, the archive " + count + "; the first one missing is event "
                            + firstMissing(manifest.first()) + ".");
        }
        if (count != manifest.events()) {
            throw new VerificationException(
                    Finding.EVENT_MISSING,
                    "The manifest names " + manifest.events() + " events, the archive has " + count + ".");
        }
    }

    private long firstMissing(long first) {
        int present = 0;
        while (present < count && indexes[present] == first + present) {
            present++;
        }
        return first + present;
    }

    /**
     * Requires each event to be the leaf of its index. The inclusion of a tile's first leaf is proven with siblings that
     * are computed from all other hashes of the tile, so that one proof for each tile proves them all.
     */
    void requireInTree(TileStore tiles, TreeHead tree) throws VerificationException {
        TileReader reader = new TileReader(tiles, tree.size());
        long provenTile = -1;
        for (int i = 0; i < count; i++) {
            long tile = indexes[i] / TileId.FULL;
            try {
                if (tile != provenTile) {
                    prove(reader, tile * TileId.FULL, tree);
                    provenTile = tile;
                }
                if (!isErased(i) && !reader.subtree(0, indexes[i]).equals(Hash.at(leaves, i * Hash.BYTES))) {
                    throw new VerificationException(
                            Finding.EVENT_ALTERED, "Event " + indexes[i] + " is not the event that was logged.");
                }
            } catch (TransparencyException broken) {
                throw new VerificationException(
                        Finding.TREE_ALTERED,
                        "The hashes around event " + indexes[i] + " do not lead to the checkpoint.",
                        broken);
            }
        }
    }

    /** Proves all leaves of a tile by the inclusion of its first one. */
    static void prove(TileReader reader, long first, TreeHead tree) {
        new MerkleTree(reader, tree.size()).inclusion(first).require(reader.subtree(0, first), tree.root());
    }

    private boolean isErased(int i) {
        for (int at = i * Hash.BYTES; at < (i + 1) * Hash.BYTES; at++) {
            if (leaves[at] != 0) {
                return false;
            }
        }
        return true;
    }
}
