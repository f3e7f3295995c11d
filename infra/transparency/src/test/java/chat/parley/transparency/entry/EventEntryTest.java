package chat.parley.transparency.entry;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.Reason;
import chat.parley.transparency.tree.Hash;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EventEntryTest {
    private static final Salt SALT = Salt.of(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
    private static final EventEntry EXAMPLE = new EventEntry(
            258,
            "chat.parley.api.MessageSent",
            Optional.of("2"),
            Optional.of("Conversation"),
            "c-1",
            7,
            "e-1",
            1_700_000_000_123L,
            Hash.plain("{}".getBytes(UTF_8)),
            CanonicalMetadata.hash(Map.of()),
            SALT);

    /** If this changes, every leaf of every log changes: the encoding needs another label then. */
    @Example
    void hasTheseBytes() {
        assertThat(HexFormat.of().formatHex(EXAMPLE.encode()))
                .isEqualTo("7061726c65792d6576656e742f76310a"
                        + "0000000000000102"
                        + "0000000000000007"
                        + "0000018bcfe5687b"
                        + "001b636861742e7061726c65792e6170692e4d65737361676553656e74"
                        + "000132"
                        + "000c436f6e766572736174696f6e"
                        + "0003632d31"
                        + "0003652d31"
                        + "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
                        + HexFormat.of()
                                .formatHex(CanonicalMetadata.hash(Map.of()).toBytes())
                        + "000102030405060708090a0b0c0d0e0f");
        assertThat(EXAMPLE.leafHash()).isEqualTo(Hash.leaf(EXAMPLE.encode()));
    }

    @Example
    void hasTheseBytesOfMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("\uD83D\uDE00", "");
        metadata.put("b", "2");
        metadata.put("\uFFFD", "x");
        metadata.put("a", "\uAC00");
        assertThat(HexFormat.of().formatHex(CanonicalMetadata.encode(metadata)))
                .isEqualTo("7061726c65792d6d657461646174612f76310a"
                        + "00000004"
                        + "0000000161" + "00000003eab080"
                        + "0000000162" + "0000000132"
                        + "00000003efbfbd" + "0000000178"
                        + "00000004f09f9880" + "00000000");
    }

    @Property
    void isReadAsItWasWritten(@ForAll("entries") EventEntry entry) {
        EventEntry read = EventEntry.decode(entry.encode());
        assertThat(read).isEqualTo(entry).hasSameHashCodeAs(entry);
        assertThat(read.encode()).isEqualTo(entry.encode());
    }

    @Property
    void differsInItsBytesFromEveryOther(@ForAll("entries") EventEntry one, @ForAll("entries") EventEntry other) {
        assertThat(Arrays.equals(one.encode(), other.encode())).isEqualTo(one.equals(other));
    }

    @Property
    void isReadFromNoOtherBytes(@ForAll("entries") EventEntry entry, @ForAll @IntRange(min = 0) int bit) {
        byte[] bytes = entry.encode();
        assertRefused(Reason.MALFORMED, () -> EventEntry.decode(Arrays.copyOf(bytes, bytes.length - 1)));
        assertRefused(Reason.MALFORMED, () -> EventEntry.decode(Arrays.copyOf(bytes, bytes.length + 1)));
        bytes[bit % (16 * 8) / 8] ^= (byte) (1 << bit % 8);
        assertRefused(Reason.MALFORMED, () -> EventEntry.decode(bytes));
    }

    @Property
    void metadataAreTheSameInEveryOrder(@ForAll Map<Integer, Integer> numbers) {
        Map<String, String> metadata = new LinkedHashMap<>();
        numbers.forEach((key, value) -> metadata.put("k" + key, "v" + value));
        Map<String, String> reversed = new LinkedHashMap<>();
        metadata.entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByKey().reversed())
                .forEach(entry -> reversed.put(entry.getKey(), entry.getValue()));
        assertThat(CanonicalMetadata.hash(reversed)).isEqualTo(CanonicalMetadata.hash(metadata));
        metadata.put("one", "more");
        assertThat(CanonicalMetadata.hash(reversed)).isNotEqualTo(CanonicalMetadata.hash(metadata));
    }

    @Example
    void hasNoNegativeNumbersInItsBytes() {
        for (int offset : new int[] {16, 24, 32}) {
            byte[] bytes = EXAMPLE.encode();
            ByteBuffer.wrap(bytes).putLong(offset, -1);
            assertRefused(Reason.OUT_OF_RANGE, () -> EventEntry.decode(bytes));
        }
    }

    @Example
    void hasNoEmptyLongOrBrokenTexts() {
        String longest = "x".repeat(EventEntry.MAX_TEXT);
        assertThat(EventEntry.decode(with(longest).encode())).isEqualTo(with(longest));
        assertRefused(Reason.TOO_LARGE, () -> with(longest + "x"));
        assertRefused(Reason.MALFORMED, () -> with(""));
        assertRefused(Reason.MALFORMED, () -> with("\uDC00"));
        assertRefused(Reason.TOO_LARGE, () -> EventEntry.decode(new byte[70_000]));
        byte[] notUtf8 = EXAMPLE.encode();
        notUtf8[42] = (byte) 0xFF;
        assertRefused(Reason.MALFORMED, () -> EventEntry.decode(notUtf8));
    }

    @Example
    void doesNotPrintItsSalt() {
        Salt salt = Salt.random(new SecureRandom());
        assertThat(salt).hasToString("Salt").isEqualTo(Salt.of(salt.toBytes())).isNotEqualTo(SALT);
        assertRefused(Reason.MALFORMED, () -> Salt.of(new byte[15]));
    }

    private static EventEntry with(String aggregate) {
        return new EventEntry(
                0,
                "t",
                Optional.empty(),
                Optional.empty(),
                aggregate,
                0,
                "e",
                0,
                Hash.EMPTY_TREE,
                Hash.EMPTY_TREE,
                SALT);
    }

    @Provide
    Arbitrary<EventEntry> entries() {
        Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("ab:/\u0000\n\uAC00\uFFFF")
                .ofMinLength(1)
                .ofMaxLength(6);
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofSize(Salt.BYTES);
        return Combinators.combine(numbers, texts, texts.optional(), texts.optional(), texts, numbers, texts, bytes)
                .as((number, type, revision, aggregateType, aggregate, time, event, salt) -> new EventEntry(
                        number,
                        type,
                        revision,
                        aggregateType,
                        aggregate,
                        number / 2,
                        event,
                        time,
                        Hash.plain(salt),
                        Hash.leaf(salt),
                        Salt.of(salt)));
    }
}
