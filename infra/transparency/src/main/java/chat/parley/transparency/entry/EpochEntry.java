package chat.parley.transparency.entry;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.Hash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first entry of a log that continues another one. The encoding is in the description of this package.
 *
 * @param predecessor the newest head that the log before has signed
 * @param first       leaf hash of the record of this log's first event, which therefore stays secret
 */
public record EpochEntry(Checkpoint predecessor, Hash first) {
    private static final byte[] LABEL = StrictText.utf8("parley-epoch/v1\n");
    private static final int MAX_CHECKPOINT = 1024;

    public EpochEntry {
        StrictText.requireAtMost(MAX_CHECKPOINT, StrictText.utf8(predecessor.text()), "The checkpoint of an epoch");
    }

    public byte[] encode() {
        byte[] checkpoint = StrictText.utf8(predecessor.text());
        return ByteBuffer.allocate(LABEL.length + Short.BYTES + checkpoint.length + Hash.BYTES)
                .put(LABEL)
                .putShort((short) checkpoint.length)
                .put(checkpoint)
                .put(first.toBytes())
                .array();
    }

    /** The hash of this entry as leaf 0 of the log's tree. */
    public Hash leafHash() {
        return Hash.leaf(encode());
    }

    /** Reads exactly one entry. */
    public static EpochEntry decode(byte[] bytes) {
        StrictText.requireAtMost(
                LABEL.length + Short.BYTES + MAX_CHECKPOINT + Hash.BYTES, bytes, "An entry of an epoch");
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            if (!Arrays.equals(bytes(buffer, LABEL.length), LABEL)) {
                throw new TransparencyException(Reason.MALFORMED, "An entry of an epoch begins with parley-epoch/v1.");
            }
            String checkpoint = StrictText.utf8(bytes(buffer, Short.toUnsignedInt(buffer.getShort())));
            Hash first = Hash.of(bytes(buffer, Hash.BYTES));
            if (buffer.hasRemaining()) {
                throw new TransparencyException(Reason.MALFORMED, "An entry of an epoch continues after its hash.");
            }
            return new EpochEntry(Checkpoint.parse(checkpoint), first);
        } catch (BufferUnderflowException e) {
            throw new TransparencyException(Reason.MALFORMED, "An entry of an epoch ends too early.", e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
