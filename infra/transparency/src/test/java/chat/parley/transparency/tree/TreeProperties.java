package chat.parley.transparency.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import chat.parley.transparency.FailureAssertions;
import chat.parley.transparency.Reason;
import chat.parley.transparency.ReferenceTrees;
import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TreeProperties {
    @Property(tries = 200)
    void anIncrementalTreeIsTheRecursiveOne(@ForAll @IntRange(max = 700) int size, @ForAll int seed) {
        List<Hash> leaves = ReferenceTrees.leaves(size, seed);
        Frontier frontier = Frontier.empty();
        leaves.forEach(leaf -> frontier.append(leaf, SubtreeSink.NONE));
        TreeHead head = new TreeHead(size, ReferenceTrees.root(leaves));
        assertThat(frontier.head()).isEqualTo(head);
        assertThat(new MerkleTree(ReferenceTrees.source(leaves), size).head()).isEqualTo(head);
        assertThat(Frontier.of(ReferenceTrees.source(leaves), size).head()).isEqualTo(head);
    }

    @Property(tries = 200)
    void appendingNamesEveryCompleteSubtree(@ForAll @IntRange(min = 1, max = 300) int size, @ForAll int seed) {
        List<Hash> leaves = ReferenceTrees.leaves(size, seed);
        HashSource source = ReferenceTrees.source(leaves);
        int[] completed = new int[Long.SIZE];
        Frontier frontier = Frontier.empty();
        leaves.forEach(leaf -> frontier.append(
                leaf, (level, hash) -> assertThat(hash).isEqualTo(source.subtree(level, completed[level]++))));
        for (int level = 0; level < completed.length; level++) {
            assertThat(completed[level]).isEqualTo(size >> Math.min(level, Integer.SIZE - 1));
        }
    }

    @Property(tries = 100)
    void everyLeafIsProvenAlsoToSigstore(@ForAll @IntRange(min = 1, max = 130) int size, @ForAll int seed) {
        List<Hash> leaves = ReferenceTrees.leaves(size, seed);
        MerkleTree tree = new MerkleTree(ReferenceTrees.source(leaves), size);
        Hash root = tree.head().root();
        for (int index = 0; index < size; index++) {
            InclusionProof proof = tree.inclusion(index);
            assertThat(proof.proves(leaves.get(index), root)).isTrue();
            assertThat(sigstoreAccepts(proof, leaves.get(index), root)).isTrue();
        }
    }

    /** The converse does not hold: sigstore-java 2.0.0 accepts a path that is too short for the claimed size. */
    @Property(tries = 500)
    void whatSigstoreRefusesIsRefused(
            @ForAll @IntRange(min = 1, max = 130) int size,
            @ForAll @IntRange(max = 140) int index,
            @ForAll @IntRange(min = 1, max = 140) int claimedSize,
            @ForAll @IntRange(max = 140) int claimedIndex,
            @ForAll int seed) {
        List<Hash> leaves = ReferenceTrees.leaves(size, seed);
        MerkleTree tree = new MerkleTree(ReferenceTrees.source(leaves), size);
        InclusionProof honest = tree.inclusion(index % size);
        InclusionProof claimed = new InclusionProof(claimedIndex % claimedSize, claimedSize, honest.path());
        Hash leaf = leaves.get(index % size);
        Hash root = tree.head().root();
        assertThat(!claimed.proves(leaf, root) || sigstoreAccepts(claimed, leaf, root))
                .isTrue();
    }

    @Property(tries = 100)
    void everyEarlierTreeIsProvenToBeTheBeginning(@ForAll @IntRange(max = 130) int size, @ForAll int seed) {
        List<Hash> leaves = ReferenceTrees.leaves(size, seed);
        MerkleTree tree = new MerkleTree(ReferenceTrees.source(leaves), size);
        for (int old = 0; old <= size; old++) {
            ConsistencyProof proof = tree.consistency(old);
            Hash oldRoot = ReferenceTrees.root(leaves.subList(0, old));
            Hash newRoot = tree.head().root();
            assertThatCode(() -> proof.require(oldRoot, newRoot)).doesNotThrowAnyException();
        }
    }

    @Property(tries = 300)
    void aChangedInclusionIsRefused(
            @ForAll @IntRange(min = 2, max = 300) int size,
            @ForAll @IntRange(max = 299) int number,
            @ForAll @IntRange(max = 255) int bit,
            @ForAll int seed) {
        List<Hash> leaves = ReferenceTrees.leaves(size, seed);
        int index = number % size;
        MerkleTree tree = new MerkleTree(ReferenceTrees.source(leaves), size);
        InclusionProof proof = tree.inclusion(index);
        Hash leaf = leaves.get(index);
        Hash root = tree.head().root();
        for (int i = 0; i < proof.path().size(); i++) {
            assertThat(with(proof, flipped(proof.path(), i, bit)).proves(leaf, root))
                    .isFalse();
            assertThat(with(proof, without(proof.path(), i)).proves(leaf, root)).isFalse();
            assertThat(with(proof, doubled(proof.path(), i)).proves(leaf, root)).isFalse();
        }
        assertThat(proof.proves(flip(leaf, bit), root)).isFalse();
        assertThat(proof.proves(leaf, flip(root, bit))).isFalse();
        for (int other = 0; other < size; other++) {
            if (other != index) {
                assertThat(new InclusionProof(other, size, proof.path()).proves(leaf, root))
                        .isFalse();
            }
        }
        FailureAssertions.assertRefused(Reason.PROOF_INVALID, () -> proof.require(flip(leaf, bit), root));
    }

    @Property(tries = 300)
    void aChangedConsistencyIsRefused(
            @ForAll @IntRange(min = 2, max = 300) int size,
            @ForAll @IntRange(max = 299) int number,
            @ForAll @IntRange(max = 255) int bit,
            @ForAll int seed) {
        List<Hash> leaves = ReferenceTrees.leaves(size, seed);
        int old = 1 + number % (size - 1);
        MerkleTree tree = new MerkleTree(ReferenceTrees.source(leaves), size);
        ConsistencyProof proof = tree.consistency(old);
        Hash oldRoot = ReferenceTrees.root(leaves.subList(0, old));
        Hash newRoot = tree.head().root();
        for (int i = 0; i < proof.path().size(); i++) {
            assertThat(with(proof, flipped(proof.path(), i, bit)).proves(oldRoot, newRoot))
                    .isFalse();
            assertThat(with(proof, without(proof.path(), i)).proves(oldRoot, newRoot))
                    .isFalse();
            assertThat(with(proof, doubled(proof.path(), i)).proves(oldRoot, newRoot))
                    .isFalse();
        }
        assertThat(proof.proves(flip(oldRoot, bit), newRoot)).isFalse();
        assertThat(proof.proves(oldRoot, flip(newRoot, bit))).isFalse();
        for (int other = 1; other <= size; other++) {
            if (other != old) {
                assertThat(new ConsistencyProof(other, size, proof.path()).proves(oldRoot, newRoot))
                        .isFalse();
            }
        }
        FailureAssertions.assertRefused(Reason.PROOF_INVALID, () -> proof.require(flip(oldRoot, bit), newRoot));
    }

    @Property(tries = 200)
    void aTreeWithOneOtherLeafIsNotConsistent(
            @ForAll @IntRange(min = 1, max = 200) int old,
            @ForAll @IntRange(min = 1, max = 100) int more,
            @ForAll @IntRange(max = 199) int number,
            @ForAll int seed) {
        List<Hash> leaves = ReferenceTrees.leaves(old + more, seed);
        List<Hash> rewritten = new ArrayList<>(leaves);
        rewritten.set(number % old, Hash.leaf(new byte[] {1}));
        ConsistencyProof proof = new MerkleTree(ReferenceTrees.source(rewritten), old + more).consistency(old);
        assertThat(proof.proves(ReferenceTrees.root(leaves.subList(0, old)), ReferenceTrees.root(rewritten)))
                .isFalse();
    }

    @Example
    void sizesAndIndexesOutOfRangeAreRefused() {
        HashSource source = ReferenceTrees.source(ReferenceTrees.leaves(8, 0));
        MerkleTree tree = new MerkleTree(source, 8);
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> new MerkleTree(source, -1));
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> Frontier.of(source, -1));
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> new TreeHead(-1, Hash.EMPTY_TREE));
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> tree.inclusion(8));
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> tree.inclusion(-1));
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> tree.consistency(9));
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> tree.consistency(-1));
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> new InclusionProof(0, 0, List.of()));
        FailureAssertions.assertRefused(Reason.OUT_OF_RANGE, () -> new ConsistencyProof(2, 1, List.of()));
        List<Hash> tooMany = Collections.nCopies(64, Hash.EMPTY_TREE);
        FailureAssertions.assertRefused(Reason.TOO_LARGE, () -> new InclusionProof(0, Long.MAX_VALUE, tooMany));
        FailureAssertions.assertRefused(Reason.TOO_LARGE, () -> new ConsistencyProof(1, Long.MAX_VALUE, tooMany));
    }

    @Example
    void theLargestTreeTakesNoMoreLeaves() {
        Frontier full = Frontier.of((level, index) -> Hash.EMPTY_TREE, Long.MAX_VALUE);
        FailureAssertions.assertRefused(Reason.TOO_LARGE, () -> full.append(Hash.EMPTY_TREE, SubtreeSink.NONE));
    }

    private static boolean sigstoreAccepts(InclusionProof proof, Hash leaf, Hash root) {
        try {
            InclusionProofVerifier.verify(
                    leaf.toBytes(),
                    proof.index(),
                    proof.size(),
                    proof.path().stream().map(Hash::toBytes).toList(),
                    root.toBytes());
            return true;
        } catch (InclusionProofVerificationException e) {
            return false;
        }
    }

    private static InclusionProof with(InclusionProof proof, List<Hash> path) {
        return new InclusionProof(proof.index(), proof.size(), path);
    }

    private static ConsistencyProof with(ConsistencyProof proof, List<Hash> path) {
        return new ConsistencyProof(proof.oldSize(), proof.newSize(), path);
    }

    private static List<Hash> flipped(List<Hash> path, int place, int bit) {
        List<Hash> changed = new ArrayList<>(path);
        changed.set(place, flip(path.get(place), bit));
        return changed;
    }

    private static List<Hash> without(List<Hash> path, int place) {
        List<Hash> changed = new ArrayList<>(path);
        changed.remove(place);
        return changed;
    }

    private static List<Hash> doubled(List<Hash> path, int place) {
        List<Hash> changed = new ArrayList<>(path);
        changed.add(place, path.get(place));
        return changed;
    }

    private static Hash flip(Hash hash, int bit) {
        byte[] bytes = hash.toBytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Hash.of(bytes);
    }
}
