package chat.parley.transparency.entry;

import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The one encoding of an event's metadata, however an event store keeps them; see the description of this package. */
public final class CanonicalMetadata {
    private static final byte[] LABEL = StrictText.utf8("parley-metadata/v1\n");

    private CanonicalMetadata() {}

    public static byte[] encode(Map<String, String> metadata) {
        Map<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
        metadata.forEach((key, value) -> sorted.put(StrictText.utf8(key), StrictText.utf8(value)));
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(LABEL);
        encoded.writeBytes(length(sorted.size()));
        sorted.forEach((key, value) -> {
            encoded.writeBytes(length(key.length));
            encoded.writeBytes(key);
            encoded.writeBytes(length(value.length));
            encoded.writeBytes(value);
        });
        return encoded.toByteArray();
    }

    public static Hash hash(Map<String, String> metadata) {
        return Hash.plain(encode(metadata));
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }
}
