package chat.parley.transparency.tile;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.storage.DurableFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tiles as files under the paths that they are served at. */
public final class DirectoryTileStore implements TileStore {
    /** The largest tile or bundle: 256 entries of the largest size with their lengths. */
    private static final int MAX_BYTES = TileId.FULL * (Short.BYTES + EntryBundle.MAX_ENTRY);

    private final Path directory;

    public DirectoryTileStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<byte[]> read(TileId id) {
        return DurableFiles.read(directory.resolve(id.path()), MAX_BYTES);
    }

    @Override
    public void write(Map<TileId, byte[]> contents) {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        contents.forEach((id, content) -> {
            Optional<byte[]> stored = read(id);
            if (stored.isEmpty()) {
                files.put(directory.resolve(id.path()), content);
            } else if (!Arrays.equals(stored.get(), content)) {
                throw new TransparencyException(Reason.TILE_CONFLICT, id + " is stored with other content.");
            }
        });
        DurableFiles.write(files);
    }

    @Override
    public void deletePartials(TileId full) {
        DurableFiles.deleteFiles(directory.resolve(full.whole().path() + ".p"));
    }
}
