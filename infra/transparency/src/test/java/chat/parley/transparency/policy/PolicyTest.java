package chat.parley.transparency.policy;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TestKeys;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.checkpoint.VerifiedSignature;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.tree.TreeHead;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final long TIME = 1_700_000_000;
    private static final Checkpoint CHECKPOINT = new Checkpoint(TestKeys.ORIGIN, TreeHead.EMPTY);
    private static final VerifierKey LOG = TestKeys.LOG.verifier();
    private static final VerifierKey W = TestKeys.WITNESS.verifier();
    private static final List<SigningKey> WITNESSES = IntStream.range(0, 6)
            .mapToObj(i -> TestKeys.key("w.example/" + i, SignatureType.ED25519_COSIGNATURE, 20 + i))
            .toList();

    /** The structure of the specification's example: two of X0 to X2, and any of Y3 to Y5. */
    private static final String TWO_LEVELS = "# a comment\n\n \t # another\nlog " + LOG + "\n\n"
            + witness("X", 0) + witness("X", 1) + witness("X", 2) + "group X-witnesses 2 X0 X1 X2\n\n"
            + witness("Y", 3) + witness("Y", 4) + witness("Y", 5) + " group\tY-witnesses \t any Y3 Y4 Y5 \n\n"
            + "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n";

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "012, false",
        "345, false",
        "03, false",
        "12, false",
        "013, true",
        "025, true",
        "124, true",
        "012345, true"
    })
    void asksForGroupsOfWitnesses(String cosigners, boolean enough) {
        Policy policy = parse(TWO_LEVELS);
        SignedCheckpoint signed = SignedCheckpoint.sign(CHECKPOINT, TestKeys.LOG, TIME);
        for (int i = 0; i < cosigners.length(); i++) {
            signed = signed.cosign(WITNESSES.get(cosigners.charAt(i) - '0'), TIME);
        }
        SignedCheckpoint cosigned = signed;
        if (enough) {
            TrustedCheckpoint trusted = policy.verify(cosigned);
            assertThat(trusted.log().key()).isEqualTo(LOG);
            assertThat(trusted.cosignatures()).hasSize(cosigners.length());
        } else {
            assertRefused(Reason.QUORUM_MISSED, () -> policy.verify(cosigned));
        }
    }

    @Test
    void countsAWitnessOnce() {
        Policy policy = parse(TWO_LEVELS);
        SignedCheckpoint signed = SignedCheckpoint.sign(CHECKPOINT, TestKeys.LOG, TIME)
                .cosign(WITNESSES.get(0), TIME)
                .cosign(WITNESSES.get(0), TIME + 1)
                .cosign(WITNESSES.get(3), TIME);
        assertRefused(Reason.QUORUM_MISSED, () -> policy.verify(signed));
    }

    @Test
    void mayNeedNoWitness() {
        Policy policy = parse("log " + LOG + " https://log.example/\nquorum none\n");
        assertThat(policy.verify(SignedCheckpoint.sign(CHECKPOINT, TestKeys.LOG, TIME))
                        .cosignatures())
                .isEmpty();
        assertThat(policy.logs())
                .singleElement()
                .satisfies(log -> assertThat(log.url()).contains("https://log.example/"));
        assertThat(policy.witnesses()).isEmpty();
    }

    @Test
    void mayBeForALogThatIsKnownOtherwise() {
        Policy policy = parse("witness w " + W + " https://w.example/\nquorum w\n");
        SignedCheckpoint signed =
                SignedCheckpoint.sign(CHECKPOINT, TestKeys.LOG, TIME).cosign(TestKeys.WITNESS, TIME);
        assertThat(policy.requireQuorum(signed))
                .extracting(VerifiedSignature::key)
                .containsExactly(W);
        assertRefused(Reason.SIGNER_UNKNOWN, () -> policy.verify(signed));
        assertThat(policy.witnesses())
                .singleElement()
                .satisfies(witness -> assertThat(witness.url()).contains("https://w.example/"));
    }

    @Test
    void trustsALogForItsOwnOriginOnly() {
        Policy policy = parse("log " + LOG + "\nquorum none\n");
        SignedCheckpoint other =
                SignedCheckpoint.sign(new Checkpoint("other.example", TreeHead.EMPTY), TestKeys.LOG, TIME);
        assertRefused(Reason.SIGNER_UNKNOWN, () -> policy.verify(other));
        SigningKey impostor = TestKeys.key(TestKeys.ORIGIN, SignatureType.ED25519, 99);
        assertRefused(Reason.SIGNER_UNKNOWN, () -> policy.verify(SignedCheckpoint.sign(CHECKPOINT, impostor, TIME)));
    }

    @Test
    void refusesForgedSignaturesOfThoseItKnows() {
        Policy policy = parse("log " + LOG + "\nwitness w " + W + "\nquorum none\n");
        SignedCheckpoint forged = SignedCheckpoint.sign(CHECKPOINT, TestKeys.LOG, TIME)
                .with(new NoteSignature(W.name(), W.id(), new byte[72]));
        assertRefused(Reason.SIGNATURE_INVALID, () -> policy.verify(forged));
    }

    @Test
    void takesNamesAsOctets() {
        byte[] kelvin = ("witness \u212A " + W + "\nquorum \u212A\n").getBytes(UTF_8);
        assertThat(Policy.parse(kelvin).witnesses()).hasSize(1);
        byte[] latin = ("witness \u00E9 " + W + "\nquorum \u00E9\n").getBytes(ISO_8859_1);
        assertThat(Policy.parse(latin).witnesses()).hasSize(1);
        assertRefused(Reason.MALFORMED, () -> parse("witness \u212A " + W + "\nquorum K\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum none",
                "quorum w\n",
                "quorum none\nquorum none\n",
                "quorum none x\n",
                "quorum\n",
                "qourum none\n",
                "quorum none\r\n",
                "quorum none\u007F\n",
                "quorum none\nlog\n",
                "quorum none\nlog <log> u x\n",
                "quorum none\nlog <log>\nlog <log>\n",
                "quorum none\nwitness w\n",
                "quorum none\nwitness w <w> u x\n",
                "quorum none\nwitness none <w>\n",
                "quorum none\nwitness w <w>\nwitness v <w>\n",
                "quorum none\nwitness w <w>\nwitness w <w2>\n",
                "quorum g\nwitness w <w>\ngroup g any w\n",
                "quorum none\ngroup g any w\nwitness w <w>\n",
                "quorum none\nwitness w <w>\ngroup g any\n",
                "quorum none\nwitness w <w>\ngroup g 0 w\n",
                "quorum none\nwitness w <w>\ngroup g 2 w\n",
                "quorum none\nwitness w <w>\ngroup g 01 w\n",
                "quorum none\nwitness w <w>\ngroup g most w\n",
                "quorum none\nwitness w <w>\ngroup g any none\n",
                "quorum none\nwitness w <w>\ngroup g any g\n",
                "quorum none\nwitness w <w>\ngroup g any w w\n",
                "quorum none\nwitness w <w>\ngroup g any w\ngroup h any w\n",
                "quorum none\nwitness w <w>\ngroup w any w\n",
                "quorum none\nwitness w <w>\ngroup none any w\n"
            })
    void thatIsMalformedIsRefused(String text) {
        String filled = text.replace("<log>", LOG.toString())
                .replace("<w>", W.toString())
                .replace("<w2>", TestKeys.OTHER_WITNESS.verifier().toString());
        assertRefused(Reason.MALFORMED, () -> parse(filled));
    }

    @Test
    void refusesAWitnessWithAKeyForNotes() {
        assertRefused(Reason.KEY_INVALID, () -> parse("witness w " + LOG + "\nquorum w\n"));
        assertRefused(Reason.KEY_INVALID, () -> parse("log a+00000000+Ag==\nquorum none\n"));
    }

    @Test
    void seesTheSameKeyUnderAnotherName() {
        VerifierKey renamed =
                TestKeys.key("other.example", SignatureType.ED25519, 1).verifier();
        assertRefused(Reason.MALFORMED, () -> parse("log " + LOG + "\nlog " + renamed + "\nquorum none\n"));
    }

    @Test
    void isBounded() {
        String many = IntStream.range(0, 256)
                .mapToObj(i ->
                        "log " + VerifierKey.of("log" + i, SignatureType.ED25519, bytes(i)) + "\n" + "witness w" + i
                                + " " + VerifierKey.of("w" + i, SignatureType.ED25519_COSIGNATURE, bytes(i)) + "\n"
                                + "group g" + i
                                + " any w" + i + "\n")
                .collect(Collectors.joining());
        Policy policy = parse(many + "quorum g255\n");
        assertThat(policy.logs()).hasSize(256);
        assertThat(policy.witnesses()).hasSize(256);
        for (String more : List.of(
                "log " + VerifierKey.of("more", SignatureType.ED25519, bytes(256)) + "\n",
                "witness more " + VerifierKey.of("more", SignatureType.ED25519_COSIGNATURE, bytes(256)) + "\n",
                "group more all g0 g1\n")) {
            assertRefused(Reason.TOO_LARGE, () -> parse(many + more + "quorum none\n"));
        }
        assertRefused(Reason.TOO_LARGE, () -> Policy.parse(new byte[1024 * 1024 + 1]));
    }

    private static byte[] bytes(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        key[1] = (byte) (number >> 8);
        return key;
    }

    private static String witness(String prefix, int number) {
        return "witness " + prefix + number + " " + WITNESSES.get(number).verifier() + "\n";
    }

    private static Policy parse(String text) {
        return Policy.parse(text.getBytes(UTF_8));
    }
}
