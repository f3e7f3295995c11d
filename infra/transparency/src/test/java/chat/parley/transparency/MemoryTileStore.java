package chat.parley.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tiles in memory. */
public final class MemoryTileStore implements TileStore {
    private final Map<TileId, byte[]> tiles = new HashMap<>();

    @Override
    public Optional<byte[]> read(TileId id) {
        return Optional.ofNullable(tiles.get(id)).map(byte[]::clone);
    }

    @Override
    public void write(Map<TileId, byte[]> contents) {
        contents.forEach((id, content) -> {
            byte[] stored = tiles.putIfAbsent(id, content.clone());
            if (stored != null && !Arrays.equals(stored, content)) {
                throw new TransparencyException(Reason.TILE_CONFLICT, id + " is stored with other content.");
            }
        });
    }

    @Override
    public void deletePartials(TileId full) {
        assertThat(tiles).containsKey(full);
        tiles.keySet().removeIf(id -> id.isPartial() && id.whole().equals(full));
    }

    public Set<TileId> ids() {
        return tiles.keySet();
    }

    /** Changes a tile behind the log's back. */
    public void tamper(TileId id, byte[] content) {
        tiles.put(id, content);
    }
}
