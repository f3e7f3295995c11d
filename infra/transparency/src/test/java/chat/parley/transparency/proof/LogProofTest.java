package chat.parley.transparency.proof;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.Reason;
import chat.parley.transparency.ReferenceTrees;
import chat.parley.transparency.TestKeys;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.policy.Policy;
import chat.parley.transparency.policy.TrustedCheckpoint;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogProofTest {
    private static final long TIME = 1_700_000_000;
    private static final List<Hash> LEAVES = ReferenceTrees.leaves(100, 1);
    private static final MerkleTree TREE = new MerkleTree(ReferenceTrees.source(LEAVES), 100);
    private static final Policy POLICY = Policy.parse(("log " + TestKeys.LOG.verifier() + "\n" + "witness w1 "
                    + TestKeys.WITNESS.verifier() + "\n" + "quorum w1\n")
            .getBytes(UTF_8));

    private final SignedCheckpoint checkpoint = SignedCheckpoint.sign(
                    new Checkpoint(TestKeys.ORIGIN, TREE.head()), TestKeys.LOG, TIME)
            .cosign(TestKeys.WITNESS, TIME);
    private final LogProof proof = LogProof.of(TREE.inclusion(42), checkpoint);

    @Test
    void isVerifiedOffline() {
        TrustedCheckpoint trusted = LogProof.parse(proof.toBytes()).verify(LEAVES.get(42), POLICY);
        assertThat(trusted.checkpoint()).isEqualTo(checkpoint.checkpoint());
        assertThat(trusted.cosignatures())
                .singleElement()
                .satisfies(cosignature -> assertThat(cosignature.epochSecond()).hasValue(TIME));
    }

    @Test
    void hasTheTextOfTheSpecification() {
        String text = proof.withExtra(new byte[] {1, 2, 3}).toString();
        assertThat(text).startsWith("c2sp.org/tlog-proof@v1\nextra AQID\nindex 42\n");
        assertThat(text).endsWith("\n\n" + checkpoint);
        assertThat(text.lines().skip(3).limit(7)).allMatch(line -> line.length() == 44);
        LogProof read = LogProof.parse(text.getBytes(UTF_8));
        assertThat(read).hasToString(text);
        assertThat(read.extra()).hasValueSatisfying(extra -> assertThat(extra).containsExactly(1, 2, 3));
        assertThat(read.inclusion()).isEqualTo(proof.inclusion());
        assertThat(read.checkpoint()).isEqualTo(checkpoint);
        assertThat(proof.extra()).isEmpty();
    }

    @Test
    void doesNotProveAnotherLeaf() {
        assertRefused(Reason.PROOF_INVALID, () -> proof.verify(LEAVES.get(43), POLICY));
        assertRefused(
                Reason.PROOF_INVALID,
                () -> LogProof.of(TREE.inclusion(43), checkpoint).verify(LEAVES.get(42), POLICY));
    }

    @Test
    void needsTheQuorumOfThePolicy() {
        LogProof unwitnessed = LogProof.of(
                TREE.inclusion(42),
                SignedCheckpoint.sign(new Checkpoint(TestKeys.ORIGIN, TREE.head()), TestKeys.LOG, TIME));
        assertRefused(Reason.QUORUM_MISSED, () -> unwitnessed.verify(LEAVES.get(42), POLICY));
    }

    @Test
    void isForTheTreeOfItsCheckpoint() {
        MerkleTree other = new MerkleTree(ReferenceTrees.source(LEAVES), 99);
        assertRefused(Reason.PROOF_INVALID, () -> LogProof.of(other.inclusion(42), checkpoint));
    }

    /** A base64 text or a name may change to another valid one; never what the proof proves. */
    @Test
    void withAnyBitChangedIsRefused() {
        byte[] bytes = proof.toBytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(isRefused(changed)).as(new String(changed, ISO_8859_1)).isTrue();
        }
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            LogProof.parse(bytes).verify(LEAVES.get(42), POLICY);
            return false;
        } catch (TransparencyException e) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n",
                "c2sp.org/tlog-proof@v2\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nextra AQID\n\n",
                "c2sp.org/tlog-proof@v1\nextra AQI\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AQID\n\n",
                "c2sp.org/tlog-proof@v1\nindex 00\n\n",
                "c2sp.org/tlog-proof@v1\nindex -1\n\n",
                "c2sp.org/tlog-proof@v1\nindex  1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n\n\n"
            })
    void thatIsMalformedIsRefused(String head) {
        assertRefused(Reason.MALFORMED, () -> LogProof.parse((head + checkpoint).getBytes(UTF_8)));
    }

    @Test
    void thatIsOutOfRangeOrTooLargeIsRefused() {
        String head = "c2sp.org/tlog-proof@v1\n";
        assertRefused(Reason.OUT_OF_RANGE, () -> LogProof.parse((head + "index 100\n\n" + checkpoint).getBytes(UTF_8)));
        assertRefused(
                Reason.TOO_LARGE,
                () -> LogProof.parse((head + "index 9223372036854775808\n\n" + checkpoint).getBytes(UTF_8)));
        String hashes = (LEAVES.get(0).toBase64() + "\n").repeat(64);
        assertRefused(
                Reason.TOO_LARGE,
                () -> LogProof.parse((head + "index 1\n" + hashes + "\n" + checkpoint).getBytes(UTF_8)));
        assertRefused(
                Reason.TOO_LARGE,
                () -> LogProof.parse((head + "extra AA==\nindex 1\n" + hashes + "\n" + checkpoint).getBytes(UTF_8)));
        assertRefused(Reason.TOO_LARGE, () -> LogProof.parse(new byte[1024 * 1024]));
        assertRefused(Reason.TOO_LARGE, () -> proof.withExtra(new byte[LogProof.MAX_EXTRA + 1]));
        byte[] largest = proof.withExtra(new byte[LogProof.MAX_EXTRA]).toBytes();
        assertThat(LogProof.parse(largest).toBytes()).isEqualTo(largest);
    }
}
