package chat.parley.transparency.checkpoint;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TestKeys;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    /** The example of C2SP's tlog-cosignature, whose keys are not published. */
    private static final String EXAMPLE = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
            """;

    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static final long TIME = 1_679_315_147;

    private final Checkpoint checkpoint =
            new Checkpoint(TestKeys.ORIGIN, new TreeHead(42, Hash.leaf(new byte[] {1})), List.of("an extension"));

    @Test
    void ofTheSpecificationIsRead() {
        SignedCheckpoint signed = SignedCheckpoint.parse(EXAMPLE.getBytes(UTF_8));
        assertThat(signed.checkpoint())
                .isEqualTo(
                        new Checkpoint("example.com/behind-the-sofa", new TreeHead(20_852_163, Hash.fromBase64(ROOT))));
        assertThat(signed).hasToString(EXAMPLE);
        assertThat(ByteBuffer.wrap(signed.signatures().get(1).signature()).getLong())
                .isEqualTo(TIME);
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        SignedCheckpoint signed =
                SignedCheckpoint.sign(checkpoint, TestKeys.LOG, TIME).cosign(TestKeys.WITNESS, TIME);
        assertThat(SignedCheckpoint.parse(signed.toBytes())).isEqualTo(signed).hasSameHashCodeAs(signed);
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void isSignedByKeysOfEachType(SignatureType type) {
        assumeTrue(type != SignatureType.ML_DSA_44_COSIGNATURE || TestKeys.hasMlDsa());
        SigningKey key = SigningKey.generate("example.com/key", type, new SecureRandom());
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, key, TIME);
        assertThat(signed.by(key.verifier()))
                .contains(new VerifiedSignature(
                        key.verifier(), type == SignatureType.ED25519 ? OptionalLong.empty() : OptionalLong.of(TIME)));
        assertThat(signed.by(TestKeys.WITNESS.verifier())).isEmpty();
        SignedCheckpoint other = SignedCheckpoint.sign(
                        new Checkpoint(
                                TestKeys.ORIGIN,
                                new TreeHead(43, checkpoint.head().root())),
                        TestKeys.LOG,
                        TIME)
                .with(signed.signatures().get(0));
        assertRefused(Reason.SIGNATURE_INVALID, () -> other.by(key.verifier()));
    }

    @Test
    void byMlDsaIsSignedUnderTheCosignersName() {
        assumeTrue(TestKeys.hasMlDsa());
        SigningKey key = TestKeys.key("pq.example/w", SignatureType.ML_DSA_44_COSIGNATURE, 9);
        ByteBuffer message = ByteBuffer.allocate(12 + 1 + 12 + 8 + 1 + 18 + 8 + 8 + 32)
                .put("subtree/v1\n\0".getBytes(UTF_8))
                .put((byte) 12)
                .put("pq.example/w".getBytes(UTF_8))
                .putLong(TIME)
                .put((byte) 18)
                .put("parley.example/log".getBytes(UTF_8))
                .putLong(0)
                .putLong(42)
                .put(checkpoint.head().root().toBytes());
        assertThat(message.hasRemaining()).isFalse();
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, key, TIME);
        byte[] signature = signed.signatures().get(0).signature();
        assertThat(key.verifier().verifies(message.array(), Arrays.copyOfRange(signature, 8, signature.length)))
                .isTrue();
    }

    @Test
    void isNotCosignedAtAnotherTime() {
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, TestKeys.WITNESS, TIME);
        byte[] later = signed.signatures().get(0).signature();
        ByteBuffer.wrap(later).putLong(TIME + 1);
        assertSignatureInvalid(later);
        ByteBuffer.wrap(later).putLong(-1);
        assertSignatureInvalid(later);
        assertSignatureInvalid(new byte[7]);
        assertSignatureInvalid(new byte[8]);
        assertRefused(Reason.OUT_OF_RANGE, () -> SignedCheckpoint.sign(checkpoint, TestKeys.WITNESS, 0));
    }

    private void assertSignatureInvalid(byte[] signature) {
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, TestKeys.LOG, TIME)
                .with(new NoteSignature(
                        TestKeys.WITNESS.verifier().name(),
                        TestKeys.WITNESS.verifier().id(),
                        signature));
        assertRefused(Reason.SIGNATURE_INVALID, () -> signed.by(TestKeys.WITNESS.verifier()));
    }

    @Test
    void takesCosignaturesOfTrustedWitnessesOnly() {
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, TestKeys.LOG, TIME);
        List<NoteSignature> offered = signed.cosign(TestKeys.WITNESS, TIME)
                .cosign(TestKeys.OTHER_WITNESS, TIME)
                .signatures();
        SignedCheckpoint cosigned = signed.withVerified(offered, List.of(TestKeys.WITNESS.verifier()));
        assertThat(cosigned).isEqualTo(signed.cosign(TestKeys.WITNESS, TIME));
        NoteSignature forged = new NoteSignature(
                TestKeys.WITNESS.verifier().name(), TestKeys.WITNESS.verifier().id(), new byte[72]);
        assertRefused(
                Reason.SIGNATURE_INVALID,
                () -> signed.withVerified(List.of(forged), List.of(TestKeys.WITNESS.verifier())));
        assertThat(cosigned.onlyBy(List.of(TestKeys.LOG.verifier()))).isEqualTo(signed);
        assertRefused(Reason.SIGNER_UNKNOWN, () -> signed.onlyBy(List.of(TestKeys.WITNESS.verifier())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "origin\n",
                "origin\n1\n",
                "\n1\n" + ROOT + "\n",
                "origin\n1\n" + ROOT,
                "origin\n01\n" + ROOT + "\n",
                "origin\n-1\n" + ROOT + "\n",
                "origin\n1 \n" + ROOT + "\n",
                "origin\n1\n" + ROOT + "=\n",
                "origin\n1\nAAAA\n",
                "origin\n1\n" + ROOT + "\n\n",
                "origin\n1\n" + ROOT + "\n\nextension\n",
                "origin\t\n1\n" + ROOT + "\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n"
            })
    void thatIsMalformedIsRefused(String text) {
        assertRefused(Reason.MALFORMED, () -> Checkpoint.parse(text));
    }

    @Test
    void thatIsTooLargeIsRefused() {
        TreeHead head = checkpoint.head();
        assertRefused(Reason.TOO_LARGE, () -> Checkpoint.parse("origin\n9223372036854775808\n" + ROOT + "\n"));
        assertRefused(Reason.TOO_LARGE, () -> new Checkpoint("o".repeat(256), head));
        assertRefused(Reason.TOO_LARGE, () -> new Checkpoint("o", head, List.of("e".repeat(1025))));
        assertRefused(Reason.TOO_LARGE, () -> new Checkpoint("o", head, Collections.nCopies(17, "e")));
    }
}
