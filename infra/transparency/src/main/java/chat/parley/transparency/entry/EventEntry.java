package chat.parley.transparency.entry;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.Hash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a log commits to of one event. The encoding is in the description of this package.
 *
 * @param index       number of the event in the whole event store
 * @param type        payload type under which the event is stored
 * @param revision    revision of the payload, if it has one
 * @param aggregateType type of the aggregate; none for an event outside any aggregate
 * @param aggregate   identifier of the aggregate
 * @param sequence    number of the event in its aggregate
 * @param eventId     identifier of the event
 * @param epochMillis when the event happened
 * @param payload     SHA-256 of the payload's bytes as they are stored
 * @param metadata    hash of the {@link CanonicalMetadata}
 */
public record EventEntry(
        long index,
        String type,
        Optional<String> revision,
        Optional<String> aggregateType,
        String aggregate,
        long sequence,
        String eventId,
        long epochMillis,
        Hash payload,
        Hash metadata,
        Salt salt) {
    /** The longest text of a record, in bytes of UTF-8. */
    public static final int MAX_TEXT = 1024;

    private static final byte[] LABEL = StrictText.utf8("parley-event/v1\n");
    private static final int TEXTS = 5;
    private static final int FIXED_BYTES =
            LABEL.length + 3 * Long.BYTES + TEXTS * Short.BYTES + 2 * Hash.BYTES + Salt.BYTES;
    private static final int MAX_BYTES = FIXED_BYTES + TEXTS * MAX_TEXT;

    public EventEntry {
        if (index < 0 || sequence < 0 || epochMillis < 0) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "A number of an event is negative.");
        }
        requireText(type);
        requireText(aggregate);
        requireText(eventId);
        revision.ifPresent(EventEntry::requireText);
        aggregateType.ifPresent(EventEntry::requireText);
    }

    private static void requireText(String text) {
        if (text.isEmpty()) {
            throw new TransparencyException(Reason.MALFORMED, "A text of an event is empty.");
        }
        StrictText.requireAtMost(MAX_TEXT, StrictText.utf8(text), "A text of an event");
    }

    public byte[] encode() {
        byte[] typeBytes = StrictText.utf8(type);
        byte[] revisionBytes = StrictText.utf8(revision.orElse(""));
        byte[] aggregateTypeBytes = StrictText.utf8(aggregateType.orElse(""));
        byte[] aggregateBytes = StrictText.utf8(aggregate);
        byte[] eventBytes = StrictText.utf8(eventId);
        ByteBuffer buffer = ByteBuffer.allocate(FIXED_BYTES
                + typeBytes.length
                + revisionBytes.length
                + aggregateTypeBytes.length
                + aggregateBytes.length
                + eventBytes.length);
        buffer.put(LABEL).putLong(index).putLong(sequence).putLong(epochMillis);
        putText(buffer, typeBytes);
        putText(buffer, revisionBytes);
        putText(buffer, aggregateTypeBytes);
        putText(buffer, aggregateBytes);
        putText(buffer, eventBytes);
        buffer.put(payload.toBytes()).put(metadata.toBytes()).put(salt.toBytes());
        return buffer.array();
    }

    private static void putText(ByteBuffer buffer, byte[] text) {
        buffer.putShort((short) text.length).put(text);
    }

    /** The hash of this entry as a leaf of the log's tree. */
    public Hash leafHash() {
        return Hash.leaf(encode());
    }

    /** Reads exactly one record. */
    public static EventEntry decode(byte[] bytes) {
        StrictText.requireAtMost(MAX_BYTES, bytes, "A record of an event");
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return decode(buffer);
        } catch (BufferUnderflowException e) {
            throw new TransparencyException(Reason.MALFORMED, "A record of an event ends too early.", e);
        }
    }

    private static EventEntry decode(ByteBuffer buffer) {
        if (!Arrays.equals(bytes(buffer, LABEL.length), LABEL)) {
            throw new TransparencyException(Reason.MALFORMED, "A record of an event begins with parley-event/v1.");
        }
        long index = buffer.getLong();
        long sequence = buffer.getLong();
        long epochMillis = buffer.getLong();
        String type = text(buffer);
        String revision = text(buffer);
        String aggregateType = text(buffer);
        String aggregate = text(buffer);
        String eventId = text(buffer);
        Hash payload = Hash.of(bytes(buffer, Hash.BYTES));
        Hash metadata = Hash.of(bytes(buffer, Hash.BYTES));
        Salt salt = Salt.of(bytes(buffer, Salt.BYTES));
        if (buffer.hasRemaining()) {
            throw new TransparencyException(Reason.MALFORMED, "A record of an event continues after its salt.");
        }
        return new EventEntry(
                index,
                type,
                unlessEmpty(revision),
                unlessEmpty(aggregateType),
                aggregate,
                sequence,
                eventId,
                epochMillis,
                payload,
                metadata,
                salt);
    }

    private static Optional<String> unlessEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String text(ByteBuffer buffer) {
        return StrictText.utf8(bytes(buffer, Short.toUnsignedInt(buffer.getShort())));
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
