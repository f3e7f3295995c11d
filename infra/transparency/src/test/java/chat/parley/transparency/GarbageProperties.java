package chat.parley.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.entry.Salt;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.policy.Policy;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.witness.AddCheckpointRequest;
import chat.parley.transparency.witness.AddCheckpointResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every reader gives back what it was given, or refuses it with the one exception. */
class GarbageProperties {
    private static final SignedCheckpoint CHECKPOINT = SignedCheckpoint.sign(
                    new Checkpoint(
                            TestKeys.ORIGIN,
                            new MerkleTree(ReferenceTrees.source(ReferenceTrees.leaves(9, 1)), 9).head(),
                            List.of("extension")),
                    TestKeys.LOG,
                    1)
            .cosign(TestKeys.WITNESS, 1);

    private static final List<Format> FORMATS = List.of(
            new Format("note", CHECKPOINT.toBytes(), bytes -> Note.parse(bytes).toBytes()),
            new Format(
                    "checkpoint",
                    CHECKPOINT.toBytes(),
                    bytes -> SignedCheckpoint.parse(bytes).toBytes()),
            new Format(
                    "proof",
                    LogProof.of(
                                    new MerkleTree(ReferenceTrees.source(ReferenceTrees.leaves(9, 1)), 9).inclusion(4),
                                    CHECKPOINT)
                            .withExtra(new byte[] {1})
                            .toBytes(),
                    bytes -> LogProof.parse(bytes).toBytes()),
            new Format(
                    "request",
                    new AddCheckpointRequest(3, List.of(Hash.EMPTY_TREE, Hash.EMPTY_TREE), CHECKPOINT).toBytes(),
                    bytes -> AddCheckpointRequest.parse(bytes).toBytes()),
            new Format(
                    "cosigned",
                    new AddCheckpointResponse.Cosigned(CHECKPOINT.signatures()).body(),
                    bytes -> AddCheckpointResponse.parse(200, bytes).body()),
            new Format(
                    "conflict",
                    new AddCheckpointResponse.Conflict(1234).body(),
                    bytes -> AddCheckpointResponse.parse(409, bytes).body()),
            new Format(
                    "record",
                    new EventEntry(
                                    1,
                                    "type",
                                    Optional.of("1"),
                                    Optional.of("kind"),
                                    "aggregate",
                                    2,
                                    "event",
                                    3,
                                    Hash.EMPTY_TREE,
                                    Hash.EMPTY_TREE,
                                    Salt.of(new byte[Salt.BYTES]))
                            .encode(),
                    bytes -> EventEntry.decode(bytes).encode()),
            new Format(
                    "path",
                    latin("tile/1/x001/x234/067.p/17"),
                    bytes -> latin(TileId.parse(latin(bytes)).path())),
            new Format(
                    "vkey",
                    latin(TestKeys.LOG.verifier().toString()),
                    bytes -> latin(VerifierKey.parse(latin(bytes)).toString())),
            new Format(
                    "skey",
                    latin(TestKeys.LOG.secretText()),
                    bytes -> latin(SigningKey.parse(latin(bytes)).secretText())),
            new Format(
                    "policy",
                    latin("log " + TestKeys.LOG.verifier() + "\nwitness w " + TestKeys.WITNESS.verifier()
                            + "\ngroup g 1 w\nquorum g\n"),
                    bytes -> {
                        assertThat(Policy.parse(bytes).logs()).isNotNull();
                        return bytes;
                    }));

    @Property(tries = 200)
    void examplesAreRead(@ForAll("formats") Format format) {
        assertThat(format.rewrite.apply(format.example)).isEqualTo(format.example);
    }

    @Property(tries = 5000)
    void changedExamplesAreReadOrRefused(@ForAll("formats") Format format, @ForAll("changes") Change change) {
        assertReadOrRefused(format, change.of(format.example));
    }

    @Property(tries = 3000)
    void anythingIsReadOrRefused(@ForAll("formats") Format format, @ForAll byte[] anything) {
        assertReadOrRefused(format, anything);
    }

    @Property(tries = 3000)
    void anyTextIsReadOrRefused(@ForAll("formats") Format format, @ForAll("texts") String anything) {
        assertReadOrRefused(format, anything.getBytes(UTF_8));
    }

    private static void assertReadOrRefused(Format format, byte[] bytes) {
        byte[] written;
        try {
            written = format.rewrite.apply(bytes);
        } catch (TransparencyException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(written).isEqualTo(bytes);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Provide
    Arbitrary<Format> formats() {
        return Arbitraries.of(FORMATS);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "\n",
                        " ",
                        "+",
                        "=",
                        "0",
                        "1",
                        "-",
                        "A",
                        "AAAA",
                        "\u2014 ",
                        "old ",
                        "index ",
                        "extra ",
                        "c2sp.org/tlog-proof@v1\n",
                        "tile/",
                        "x001/",
                        "log ",
                        "quorum none\n",
                        "PRIVATE+KEY+",
                        Hash.EMPTY_TREE + "\n",
                        "\u2014 a AAAAAAE=\n",
                        "\n\n",
                        "origin\n1\n",
                        "\u0000")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Change> changes() {
        return Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(3))
                .as(Change::new);
    }

    /** One format: an example, and a function that reads bytes and writes what was read. */
    static final class Format {
        private final String name;
        private final byte[] example;
        private final UnaryOperator<byte[]> rewrite;

        Format(String name, byte[] example, UnaryOperator<byte[]> rewrite) {
            this.name = name;
            this.example = example;
            this.rewrite = rewrite;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Replaces some bytes at a place by others. */
    static final class Change {
        private final int place;
        private final int removed;
        private final byte[] inserted;

        Change(int place, int removed, byte[] inserted) {
            this.place = place;
            this.removed = removed;
            this.inserted = inserted;
        }

        byte[] of(byte[] bytes) {
            int at = place % (bytes.length + 1);
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            changed.write(bytes, 0, at);
            changed.writeBytes(inserted);
            changed.writeBytes(Arrays.copyOfRange(bytes, Math.min(at + removed, bytes.length), bytes.length));
            return changed.toByteArray();
        }

        @Override
        public String toString() {
            return removed + " bytes at " + place + " replaced by " + Arrays.toString(inserted);
        }
    }
}
