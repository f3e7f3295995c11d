package chat.parley.transparency.tile;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.storage.DurableFiles;
import chat.parley.transparency.tree.Hash;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The hash tiles of a log that grows fast: one file for each level, in which hash n begins at byte 32 n. Storing costs a
 * write and a force for each level that grew, where a {@link DirectoryTileStore} creates a file for each tile. It has
 * every partial tile of what it stores, and no entry bundles. One writer and any number of readers may use it.
 */
public final class HashFileTileStore implements TileStore {
    private static final Comparator<TileId> FROM_THE_LEFT = Comparator.comparingInt(TileId::level)
            .thenComparingLong(TileId::index)
            .thenComparingInt(TileId::width);

    private final Path directory;

    /** How many hashes of each level are whole and on disk. What is after them in a file was never signed. */
    private final AtomicLongArray stored = new AtomicLongArray(TileId.MAX_LEVEL + 1);

    /**
     * Opens the files in a directory, and creates those that are missing.
     *
     * @param size that of the last head that was signed; what a crash left after it is overwritten
     */
    public HashFileTileStore(Path directory, long size) {
        this.directory = directory;
        try {
            for (int level = 0; level <= TileId.MAX_LEVEL; level++) {
                DurableFiles.create(file(level), new byte[0]);
                stored.set(level, Math.min(TileId.hashes(level, size), Files.size(file(level)) / Hash.BYTES));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<byte[]> read(TileId id) {
        if (!isStored(id)) {
            return Optional.empty();
        }
        // Opened for each read: an interrupt of a reading thread closes the channel.
        try (FileChannel channel = FileChannel.open(file(id.level()), StandardOpenOption.READ)) {
            return Optional.of(read(channel, first(id), id.width()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isStored(TileId id) {
        if (id.level() < 0 || id.level() > TileId.MAX_LEVEL) {
            return false;
        }
        long end = stored.get(id.level());
        return id.index() <= end / TileId.FULL && first(id) + id.width() <= end;
    }

    @Override
    public void write(Map<TileId, byte[]> contents) {
        for (int level = 0; level <= TileId.MAX_LEVEL; level++) {
            int current = level;
            List<Map.Entry<TileId, byte[]>> tiles = contents.entrySet().stream()
                    .filter(tile -> tile.getKey().level() == current)
                    .sorted(Map.Entry.comparingByKey(FROM_THE_LEFT))
                    .toList();
            if (!tiles.isEmpty()) {
                write(level, tiles);
            }
        }
    }

    private void write(int level, List<Map.Entry<TileId, byte[]>> tiles) {
        try (FileChannel channel = FileChannel.open(file(level), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = stored.get(level);
            for (Map.Entry<TileId, byte[]> tile : tiles) {
                end = write(channel, tile.getKey(), tile.getValue(), end);
            }
            if (end > stored.get(level)) {
                channel.force(true);
                stored.set(level, end);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what a tile has beyond the end of its level, and returns the new end. */
    private static long write(FileChannel channel, TileId id, byte[] content, long end) throws IOException {
        if (content.length != id.width() * Hash.BYTES) {
            throw new TransparencyException(Reason.MALFORMED, id + " has " + content.length + " bytes.");
        }
        if (id.index() > end / TileId.FULL) {
            throw new TransparencyException(Reason.TILE_MISSING, "The tiles before " + id + " are not stored.");
        }
        int known = (int) Math.min(end - first(id), id.width());
        byte[] before = read(channel, first(id), known);
        if (!Arrays.equals(before, 0, before.length, content, 0, before.length)) {
            throw new TransparencyException(Reason.TILE_CONFLICT, id + " is stored with other content.");
        }
        ByteBuffer rest = ByteBuffer.wrap(content, before.length, content.length - before.length);
        for (long place = (first(id) + known) * Hash.BYTES; rest.hasRemaining(); ) {
            place += channel.write(rest, place);
        }
        return Math.max(end, first(id) + id.width());
    }

    private static byte[] read(FileChannel channel, long first, int hashes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(hashes * Hash.BYTES);
        long start = first * Hash.BYTES;
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("A file of hashes is shorter than it was.");
            }
        }
        return bytes.array();
    }

    /** Does nothing: a partial tile is the beginning of the full one. */
    @Override
    public void deletePartials(TileId full) {}

    private static long first(TileId id) {
        return id.index() * TileId.FULL;
    }

    private Path file(int level) {
        return directory.resolve("hashes-" + level);
    }
}
