package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.transparency.note.Note;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an archive, entry by entry in their order. */
public final class ArchiveWriter implements AutoCloseable {
    /** The earliest time that a zip file knows. */
    static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int BUFFER = 64 * 1024;

    private final ZipOutputStream zip;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final TilesDigest tiles = new TilesDigest();

    public ArchiveWriter(OutputStream out) {
        zip = new ZipOutputStream(out, UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
    }

    static ZipEntry entry(String name, long size, long crc) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(TIME);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(crc);
        return entry;
    }

    public void add(String name, byte[] content) throws IOException {
        write(name, content);
        files.put(name, sha256(content));
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Hash.plain(content).toBytes());
    }

    private void write(String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        zip.putNextEntry(entry(name, content.length, crc.getValue()));
        zip.write(content);
        zip.closeEntry();
    }

    public void add(String name, Path content) throws IOException {
        CRC32 crc = new CRC32();
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(content)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
                sha256.update(buffer, 0, read);
            }
        }
        zip.putNextEntry(entry(name, Files.size(content), crc.getValue()));
        Files.copy(content, zip);
        zip.closeEntry();
        files.put(name, HexFormat.of().formatHex(sha256.digest()));
    }

    /** Adds the hashes that lead from these leaves to the head of a tree. */
    public void addTiles(TileStore store, TreeHead tree, SortedSet<Long> leafTiles) throws IOException {
        RecordingTiles needed = new RecordingTiles(store);
        TileReader reader = new TileReader(needed, tree.size());
        for (long tile : leafTiles) {
            EventReader.prove(reader, tile * TileId.FULL, tree);
        }
        for (Map.Entry<TileId, byte[]> tile : needed.recorded().entrySet()) {
            String name = tile.getKey().path();
            write(name, tile.getValue());
            tiles.add(name, sha256(tile.getValue()));
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Signs what was added, and ends the archive. */
    public void finish(String origin, long first, long last, String selection, long events, SigningKey key)
            throws IOException {
        String text = new Manifest(origin, first, last, selection, events, files, tiles.tiles()).text();
        write(ArchiveNames.MANIFEST, new Note(text, List.of(key.sign(text))).toBytes());
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
