package chat.parley.transparency.note;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TestKeys;
import chat.parley.transparency.text.StrictText;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    /** From the documentation of golang.org/x/mod/sumdb/note. */
    private static final String GO_SIGNING_KEY =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static final String GO_VERIFIER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    @Test
    void areThoseOfGo() {
        SigningKey key = SigningKey.parse(GO_SIGNING_KEY);
        assertThat(key.verifier()).hasToString(GO_VERIFIER_KEY);
        assertThat(key.secretText()).isEqualTo(GO_SIGNING_KEY);
    }

    @Test
    void ofGoSignAsGoDoes() {
        String text = """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.
                """;
        assertThat(SigningKey.parse(GO_SIGNING_KEY).sign(text).line())
                .isEqualTo(
                        "\u2014 PeterNeumann "
                                + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void haveATextForm(SignatureType type) {
        assumeTrue(type != SignatureType.ML_DSA_44_COSIGNATURE || TestKeys.hasMlDsa());
        SigningKey key = SigningKey.generate("example.com/key", type, new SecureRandom());
        VerifierKey verifier = VerifierKey.parse(key.verifier().toString());
        assertThat(verifier).isEqualTo(key.verifier()).hasSameHashCodeAs(key.verifier());
        SigningKey again = SigningKey.parse(key.secretText());
        byte[] message = StrictText.utf8("message");
        assertThat(verifier.verifies(message, again.signRaw(message))).isTrue();
        assertThat(verifier.verifies(StrictText.utf8("Message"), again.signRaw(message)))
                .isFalse();
        assertThat(verifier.verifies(message, new byte[3])).isFalse();
        assertThat(key).hasToString("SigningKey[" + verifier + "]");
    }

    @Test
    void ofOneSeedDifferInTheirIdsByType() {
        VerifierKey forNotes = TestKeys.key("a", SignatureType.ED25519, 7).verifier();
        VerifierKey forCheckpoints =
                TestKeys.key("a", SignatureType.ED25519_COSIGNATURE, 7).verifier();
        assertThat(forNotes.id()).isNotEqualTo(forCheckpoints.id());
        assertThat(forNotes).isNotEqualTo(forCheckpoints);
        assertThat(forNotes.wrapsSameKeyAs(forCheckpoints)).isTrue();
    }

    @Test
    void ofMlDsaNeedANewerJava() {
        assumeFalse(TestKeys.hasMlDsa());
        byte[] anything = new byte[1312];
        VerifierKey key = VerifierKey.of("pq.example", SignatureType.ML_DSA_44_COSIGNATURE, anything);
        assertThat(VerifierKey.parse(key.toString())).isEqualTo(key);
        assertRefused(Reason.ALGORITHM_UNAVAILABLE, () -> key.verifies(anything, new byte[2420]));
        assertRefused(
                Reason.ALGORITHM_UNAVAILABLE,
                () -> SigningKey.generate("pq.example", SignatureType.ML_DSA_44_COSIGNATURE, new SecureRandom()));
    }

    @Test
    void withAnotherIdAreRefused() {
        assertRefused(Reason.KEY_INVALID, () -> VerifierKey.parse(GO_VERIFIER_KEY.replace("c74f20a3", "c74f20a4")));
        assertRefused(Reason.KEY_INVALID, () -> VerifierKey.parse(GO_VERIFIER_KEY.replace("Peter", "Paul")));
        assertRefused(Reason.KEY_INVALID, () -> SigningKey.parse(GO_SIGNING_KEY.replace("c74f20a3", "c74f20a4")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name+c74f20a3",
                "name+c74f20a3+",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX=",
                "PeterNeumann+0xc74f20+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter\u00A0Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter\u0085Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n"
            })
    void thatAreMalformedAreRefused(String text) {
        assertRefused(Reason.MALFORMED, () -> VerifierKey.parse(text));
    }

    @Test
    void ofUnknownTypesAndLengthsAreRefused() {
        assertRefused(
                Reason.KEY_INVALID, () -> VerifierKey.parse("a+00000000+" + StrictText.base64(new byte[] {2, 1, 1})));
        assertRefused(
                Reason.KEY_INVALID, () -> VerifierKey.parse("a+00000000+" + StrictText.base64(new byte[] {1, 1, 1})));
        assertRefused(Reason.KEY_INVALID, () -> VerifierKey.of("a", SignatureType.ED25519, new byte[31]));
        assertRefused(Reason.TOO_LARGE, () -> VerifierKey.parse("a".repeat(5000)));
        assertRefused(Reason.MALFORMED, () -> VerifierKey.of("a".repeat(256), SignatureType.ED25519, new byte[32]));
    }

    @Test
    void thatAreNoPointsVerifyNothing() {
        byte[] noPoint = new byte[32];
        Arrays.fill(noPoint, (byte) 0xFF);
        VerifierKey key = VerifierKey.of("a", SignatureType.ED25519, noPoint);
        assertRefused(Reason.KEY_INVALID, () -> key.verifies(new byte[1], new byte[64]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PRIVATE+KEY+", "PRIVATE+KEY+a+b", "private+key+PeterNeumann+c74f20a3+AYEK"})
    void forSigningThatAreMalformedAreRefused(String text) {
        assertRefused(Reason.MALFORMED, () -> SigningKey.parse(text));
    }

    @Test
    void forSigningOfAnotherLengthAreRefused() {
        assertRefused(Reason.KEY_INVALID, () -> SigningKey.parse("PRIVATE+KEY+a+00000000+AQ=="));
        assertRefused(Reason.TOO_LARGE, () -> SigningKey.parse("PRIVATE+KEY+" + "a".repeat(600)));
    }

    @Test
    void forCheckpointsSignNoNotes() {
        assertRefused(Reason.KEY_INVALID, () -> TestKeys.WITNESS.sign("text\n"));
    }
}
