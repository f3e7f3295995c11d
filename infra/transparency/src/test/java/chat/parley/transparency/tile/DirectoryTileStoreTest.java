package chat.parley.transparency.tile;

import static chat.parley.transparency.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.transparency.Reason;
import chat.parley.transparency.Trees;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTileStoreTest {
    @TempDir
    Path directory;

    @Test
    void hasFilesAtThePathsOfTheTiles() throws IOException {
        List<Hash> leaves = Trees.leaves(600, 2);
        TileWriter writer = TileWriter.open(new DirectoryTileStore(directory), TreeHead.EMPTY);
        leaves.subList(0, 300).forEach(writer::append);
        writer.flush();
        leaves.subList(300, 600).forEach(writer::append);
        TreeHead head = writer.flush();
        assertThat(files())
                .containsExactlyInAnyOrder(
                        "tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/1", "tile/1/000.p/2");
        DirectoryTileStore again = new DirectoryTileStore(directory);
        assertThat(new MerkleTree(new TileReader(again, 600), 600).head()).isEqualTo(head);
        assertThat(TileWriter.open(again, head).flush()).isEqualTo(head);
    }

    @Test
    void refusesOtherContent() {
        DirectoryTileStore store = new DirectoryTileStore(directory);
        TileId id = new TileId(0, 0, 1);
        store.write(Map.of(id, new byte[32]));
        store.write(Map.of(id, new byte[32]));
        assertRefused(Reason.TILE_CONFLICT, () -> store.write(Map.of(id, Hash.EMPTY_TREE.toBytes())));
        assertThat(store.read(id))
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(new byte[32]));
    }

    @Test
    void hasNothingThatWasNotWritten() {
        DirectoryTileStore store = new DirectoryTileStore(directory);
        assertThat(store.read(TileId.full(0, 0))).isEmpty();
        store.deletePartials(TileId.full(0, 0));
    }

    @Test
    void reportsFailuresOfTheDisk() throws IOException {
        Path file = Files.writeString(directory.resolve("tile"), "no directory");
        DirectoryTileStore store = new DirectoryTileStore(directory);
        assertThatThrownBy(() -> store.write(Map.of(TileId.full(0, 0), new byte[32])))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> store.read(TileId.full(0, 0))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> store.deletePartials(TileId.full(0, 0))).isInstanceOf(UncheckedIOException.class);
        assertThat(file).hasContent("no directory");
    }

    @Test
    void prunesWithoutDeleting() {
        DirectoryTileStore store = new DirectoryTileStore(directory);
        Map<TileId, byte[]> tiles = Map.of(
                TileId.full(0, 0), new byte[1],
                TileId.full(0, 1), new byte[1],
                TileId.full(1, 0), new byte[1],
                TileId.full(TileId.ENTRIES, 0), new byte[1]);
        PrunedTileStore pruned = new PrunedTileStore(store, () -> 511);
        pruned.write(tiles);
        assertThat(tiles.keySet().stream().filter(id -> pruned.read(id).isPresent()))
                .containsExactlyInAnyOrder(TileId.full(0, 1), TileId.full(1, 0));
        assertThat(tiles.keySet()).allMatch(id -> store.read(id).isPresent());
        assertThat(new PrunedTileStore(store, () -> 512).read(TileId.full(0, 1)))
                .isEmpty();
        pruned.deletePartials(TileId.full(0, 0));
        assertRefused(Reason.OUT_OF_RANGE, () -> PrunedTileStore.isPruned(TileId.full(0, 0), -1));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .toList();
        }
    }
}
