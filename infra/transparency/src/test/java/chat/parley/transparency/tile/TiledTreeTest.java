package chat.parley.transparency.tile;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.MemoryTileStore;
import chat.parley.transparency.Reason;
import chat.parley.transparency.ReferenceTrees;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TiledTreeTest {
    private static final List<Hash> LEAVES = ReferenceTrees.leaves(70_000, 1);

    @Property(tries = 100)
    void isTheSameHoweverOftenItIsFlushedAndReopened(
            @ForAll @Size(max = 8) List<@IntRange(max = 600) Integer> flushes, @ForAll boolean reopened) {
        MemoryTileStore store = new MemoryTileStore();
        TileWriter writer = TileWriter.open(store, TreeHead.EMPTY);
        List<Hash> leaves = new ArrayList<>();
        for (int count : flushes) {
            for (Hash leaf : LEAVES.subList(leaves.size(), leaves.size() + count)) {
                writer.append(leaf);
                leaves.add(leaf);
            }
            TreeHead head = writer.flush();
            assertThat(head).isEqualTo(new TreeHead(leaves.size(), ReferenceTrees.root(leaves)));
            assertThat(new MerkleTree(new TileReader(store, head.size()), head.size()).head())
                    .isEqualTo(head);
            if (reopened) {
                writer = TileWriter.open(store, head);
            }
        }
    }

    @Example
    void ofSeventyThousandLeavesHasTheTilesOfTheSpecification() {
        MemoryTileStore store = new MemoryTileStore();
        TreeHead head = filled(store, 70_000);
        List<TileId> expected = new ArrayList<>(TileId.partialsOf(70_000));
        LongStream.range(0, 273).forEach(index -> expected.add(TileId.full(0, index)));
        expected.add(TileId.full(1, 0));
        assertThat(store.ids()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(head.root()).isEqualTo(ReferenceTrees.root(LEAVES));
    }

    @Example
    void provesLeavesAndItsPast() {
        MemoryTileStore store = new MemoryTileStore();
        TreeHead head = filled(store, 70_000);
        MerkleTree tree = new MerkleTree(new TileReader(store, head.size()), head.size());
        for (int index : new int[] {0, 255, 256, 65_535, 65_536, 69_999}) {
            tree.inclusion(index).require(LEAVES.get(index), head.root());
        }
        for (int old : new int[] {0, 1, 255, 256, 257, 65_536, 65_537, 69_999, 70_000}) {
            TreeHead past = new MerkleTree(new TileReader(store, head.size()), old).head();
            assertThat(past.root()).isEqualTo(ReferenceTrees.root(LEAVES.subList(0, old)));
            tree.consistency(old).require(past.root(), head.root());
        }
    }

    @Example
    void keepsPartialTilesUntilTheFullOneIsThere() {
        MemoryTileStore store = new MemoryTileStore();
        TileWriter writer = TileWriter.open(store, TreeHead.EMPTY);
        LEAVES.subList(0, 100).forEach(writer::append);
        writer.flush();
        LEAVES.subList(100, 200).forEach(writer::append);
        writer.flush();
        assertThat(store.ids()).containsExactlyInAnyOrder(new TileId(0, 0, 100), new TileId(0, 0, 200));
        LEAVES.subList(200, 256).forEach(writer::append);
        writer.flush();
        assertThat(store.ids()).containsExactlyInAnyOrder(TileId.full(0, 0), new TileId(1, 0, 1));
        assertThat(new MerkleTree(new TileReader(store, 100), 100).head().root())
                .isEqualTo(ReferenceTrees.root(LEAVES.subList(0, 100)));
        assertThat(writer.size()).isEqualTo(256);
    }

    @Example
    void continuesAfterAFlushThatWasNeverSigned() {
        MemoryTileStore store = new MemoryTileStore();
        TreeHead signed = filled(store, 300);
        TileWriter crashed = TileWriter.open(store, signed);
        LEAVES.subList(300, 600).forEach(crashed::append);
        TreeHead unsigned = crashed.flush();
        TileWriter writer = TileWriter.open(store, signed);
        LEAVES.subList(300, 600).forEach(writer::append);
        assertThat(writer.flush()).isEqualTo(unsigned);
    }

    @Example
    void refusesToRewriteWhatItStored() {
        MemoryTileStore store = new MemoryTileStore();
        TreeHead signed = filled(store, 300);
        TileWriter crashed = TileWriter.open(store, signed);
        LEAVES.subList(300, 600).forEach(crashed::append);
        crashed.flush();
        TileWriter writer = TileWriter.open(store, signed);
        LEAVES.subList(0, 300).forEach(writer::append);
        assertRefused(Reason.TILE_CONFLICT, writer::flush);
    }

    @Example
    void isNotOpenedOverOtherTiles() {
        MemoryTileStore store = new MemoryTileStore();
        TreeHead head = filled(store, 300);
        TileId first = TileId.full(0, 0);
        byte[] tile = store.read(first).orElseThrow();
        tile[100] ^= 1;
        store.tamper(first, tile);
        // The tile above has the hash of the former content; a leaf at the edge has nothing above it.
        assertThat(TileWriter.open(store, head).flush()).isEqualTo(head);
        TileId edge = new TileId(0, 1, 44);
        byte[] partial = store.read(edge).orElseThrow();
        partial[0] ^= 1;
        store.tamper(edge, partial);
        assertRefused(Reason.TREE_MISMATCH, () -> TileWriter.open(store, head));
        store.tamper(edge, new byte[31]);
        assertRefused(Reason.MALFORMED, () -> TileWriter.open(store, head));
        assertRefused(Reason.TILE_MISSING, () -> TileWriter.open(new MemoryTileStore(), head));
    }

    private static TreeHead filled(TileStore store, int size) {
        TileWriter writer = TileWriter.open(store, TreeHead.EMPTY);
        LEAVES.subList(0, size).forEach(writer::append);
        return writer.flush();
    }
}
