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
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashFileTileStoreTest {
    private static final List<Hash> LEAVES = Trees.leaves(70_000, 1);

    @TempDir
    Path directory;

    @Test
    void hasTheTilesOfEachTreeThatWasFlushed() {
        HashFileTileStore store = new HashFileTileStore(directory, 0);
        TileWriter writer = TileWriter.open(store, TreeHead.EMPTY);
        TreeHead head = TreeHead.EMPTY;
        for (int size : new int[] {1, 200, 256, 300, 66_000, 70_000}) {
            LEAVES.subList((int) head.size(), size).forEach(writer::append);
            head = writer.flush();
            assertThat(head.root()).isEqualTo(Trees.root(LEAVES.subList(0, size)));
        }
        for (int size : new int[] {1, 200, 256, 300, 66_000, 70_000}) {
            HashFileTileStore again = new HashFileTileStore(directory, size);
            TreeHead past = new MerkleTree(new TileReader(again, size), size).head();
            assertThat(past.root()).isEqualTo(Trees.root(LEAVES.subList(0, size)));
        }
        assertThat(store.read(new TileId(0, 273, 112))).isPresent();
        assertThat(store.read(new TileId(0, 273, 113))).isEmpty();
        assertThat(store.read(TileId.full(TileId.ENTRIES, 0))).isEmpty();
        assertThat(store.read(TileId.full(63, 0))).isEmpty();
        assertThat(store.read(TileId.full(0, Long.MAX_VALUE))).isEmpty();
    }

    @Test
    void overwritesWhatWasNeverSigned() throws IOException {
        HashFileTileStore store = new HashFileTileStore(directory, 0);
        TreeHead signed = append(store, TreeHead.EMPTY, LEAVES.subList(0, 300));
        append(store, signed, LEAVES.subList(300, 400));
        Files.write(directory.resolve("hashes-0"), new byte[17], StandardOpenOption.APPEND);
        HashFileTileStore again = new HashFileTileStore(directory, 300);
        TreeHead head = append(again, signed, LEAVES.subList(10, 600));
        HashFileTileStore third = new HashFileTileStore(directory, head.size());
        assertThat(new MerkleTree(new TileReader(third, head.size()), head.size()).head())
                .isEqualTo(head);
    }

    @Test
    void refusesOtherContent() {
        HashFileTileStore store = new HashFileTileStore(directory, 0);
        TreeHead first = append(store, TreeHead.EMPTY, LEAVES.subList(0, 300));
        append(store, first, LEAVES.subList(300, 400));
        assertRefused(Reason.TILE_CONFLICT, () -> append(store, first, LEAVES.subList(0, 100)));
        TileId partial = new TileId(0, 1, 44);
        byte[] known = store.read(partial).orElseThrow();
        store.write(Map.of(partial, known));
        assertRefused(Reason.MALFORMED, () -> store.write(Map.of(partial, new byte[32])));
        assertRefused(Reason.TILE_MISSING, () -> store.write(Map.of(TileId.full(0, 3), new byte[256 * 32])));
    }

    @Test
    void missesWhatWasLost() throws IOException {
        HashFileTileStore store = new HashFileTileStore(directory, 0);
        TreeHead head = append(store, TreeHead.EMPTY, LEAVES.subList(0, 300));
        Files.write(directory.resolve("hashes-0"), new byte[299 * 32]);
        assertThatThrownBy(() -> store.read(new TileId(0, 1, 44))).isInstanceOf(UncheckedIOException.class);
        HashFileTileStore again = new HashFileTileStore(directory, 300);
        assertRefused(Reason.TILE_MISSING, () -> TileWriter.open(again, head));
    }

    private static TreeHead append(TileStore store, TreeHead head, List<Hash> leaves) {
        TileWriter writer = TileWriter.open(store, head);
        leaves.forEach(writer::append);
        return writer.flush();
    }
}
