package chat.parley.transparency.note;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TestKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    /** The example of C2SP's signed-note. */
    private static final String EXAMPLE = """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    private static final VerifierKey EXAMPLE_KEY =
            VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    private static final String LINE = "— a AAAAAAE=\n";

    @Test
    void ofTheSpecificationVerifies() {
        Note note = Note.parse(EXAMPLE.getBytes(UTF_8));
        assertThatCode(() -> note.requireSignedBy(EXAMPLE_KEY)).doesNotThrowAnyException();
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.toBytes()).isEqualTo(EXAMPLE.getBytes(UTF_8));
        assertThat(note.signatures()).singleElement().hasToString("example.com/foo+530d903a");
    }

    @Test
    void mayHaveEmptyLinesInItsText() {
        Note note = Note.parse(("one\n\ntwo\n\n" + LINE).getBytes(UTF_8));
        assertThat(note.text()).isEqualTo("one\n\ntwo\n");
        assertThat(note).hasToString("one\n\ntwo\n\n" + LINE);
    }

    @Test
    void thatWasChangedDoesNotVerify() {
        Note note = Note.parse(EXAMPLE.replace("an example", "no example").getBytes(UTF_8));
        assertRefused(Reason.SIGNATURE_INVALID, () -> note.requireSignedBy(EXAMPLE_KEY));
    }

    @Test
    void byAnotherKeyDoesNotVerify() {
        Note note = Note.parse(EXAMPLE.getBytes(UTF_8));
        assertRefused(Reason.SIGNER_UNKNOWN, () -> note.requireSignedBy(TestKeys.LOG.verifier()));
        assertRefused(Reason.KEY_INVALID, () -> note.requireSignedBy(TestKeys.WITNESS.verifier()));
        VerifierKey sameName =
                TestKeys.key("example.com/foo", SignatureType.ED25519, 1).verifier();
        assertRefused(Reason.SIGNER_UNKNOWN, () -> note.requireSignedBy(sameName));
    }

    @Test
    void withOneBadSignatureByAKnownKeyDoesNotVerify() {
        Note note = Note.parse(EXAMPLE.getBytes(UTF_8));
        Note more = note.with(new NoteSignature("example.com/foo", EXAMPLE_KEY.id(), new byte[64]));
        assertRefused(Reason.SIGNATURE_INVALID, () -> more.requireSignedBy(EXAMPLE_KEY));
    }

    @Test
    void ignoresSignaturesByUnknownKeys() {
        Note note = Note.parse(EXAMPLE.getBytes(UTF_8))
                .with(new NoteSignature("example.com/foo", 1, new byte[64]))
                .with(new NoteSignature("example.com/bar", EXAMPLE_KEY.id(), new byte[1]));
        assertThatCode(() -> note.requireSignedBy(EXAMPLE_KEY)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "text\n",
                "text\n\n",
                "text\n" + LINE,
                "text\n\n— a AAAAAAE=",
                "text\n\n— a AAAAAAE=\n\n",
                "text\n\n" + LINE + "x\n",
                "text\r\n\n" + LINE,
                "te\txt\n\n" + LINE,
                "te\u0000xt\n\n" + LINE,
                "text\n\n- a AAAAAAE=\n",
                "text\n\n—a AAAAAAE=\n",
                "text\n\n—  AAAAAAE=\n",
                "text\n\n— a  AAAAAAE=\n",
                "text\n\n— a\n",
                "text\n\n— a b AAAAAAE=\n",
                "text\n\n— a+b AAAAAAE=\n",
                "text\n\n— a\u2003b AAAAAAE=\n",
                "text\n\n— a AAAAAA==\n",
                "text\n\n— a AAAAAAE\n",
                "text\n\n— a AAAAAAF=\n",
                "text\n\n— a AAAA\nAAE=\n",
                "text\n\n— a AAAAAAE= \n",
                "text\n\n— a _-AAAAE=\n"
            })
    void thatIsMalformedIsRefused(String note) {
        assertRefused(Reason.MALFORMED, () -> Note.parse(note.getBytes(UTF_8)));
    }

    @Test
    void thatIsNotUtf8IsRefused() {
        byte[] bytes = EXAMPLE.getBytes(UTF_8);
        bytes[0] = (byte) 0xC0;
        assertRefused(Reason.MALFORMED, () -> Note.parse(bytes));
        assertRefused(
                Reason.MALFORMED, () -> new Note("\uD800\n", List.of(NoteSignature.parse(LINE.strip()))).toBytes());
    }

    @Test
    void mayHaveSixtyFourSignatures() {
        List<NoteSignature> signatures = new ArrayList<>(Collections.nCopies(64, NoteSignature.parse(LINE.strip())));
        Note note = new Note("text\n", signatures);
        assertThat(Note.parse(note.toBytes())).isEqualTo(note).hasSameHashCodeAs(note);
        assertRefused(Reason.TOO_LARGE, () -> note.with(signatures.get(0)));
        assertRefused(Reason.TOO_LARGE, () -> Note.parse((note + LINE).getBytes(UTF_8)));
    }

    @Test
    void thatIsTooLargeIsRefused() {
        assertRefused(Reason.TOO_LARGE, () -> Note.parse(new byte[Note.MAX_BYTES + 1]));
    }

    @Test
    void hasAtLeastOneSignatureWithContent() {
        assertRefused(Reason.MALFORMED, () -> new Note("text\n", List.of()));
        assertRefused(Reason.MALFORMED, () -> new Note("text", List.of(NoteSignature.parse(LINE.strip()))));
        assertRefused(Reason.MALFORMED, () -> new NoteSignature("a", 0, new byte[0]));
    }
}
