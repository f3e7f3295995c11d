package chat.parley.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Cursors as text: URL-safe Base64 of version, index and epoch, then {@value #TAG_CHARACTERS} characters of a keyed hash
 * of it. A cursor is the same for every user, so that a live entry is encoded once for all receivers. What a client may see
 * is decided at every resume.
 */
public final class CursorCodec {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES;

    /** 96 bits, because a forged cursor would only choose an index to resume from. */
    private static final int TAG_CHARACTERS = 16;

    /** More than the name of any epoch needs; a longer cursor is refused unread. */
    private static final int MAX_CHARACTERS = 256;

    private final KeyedHash hash;
    private final Epoch epoch;
    private final byte[] epochBytes;

    public CursorCodec(KeyedHash hash, Epoch epoch) {
        this.hash = hash;
        this.epoch = epoch;
        this.epochBytes = epoch.value().getBytes(UTF_8);
    }

    /** A cursor of the present epoch. */
    public String encode(long index) {
        byte[] bytes = ByteBuffer.allocate(HEAD_BYTES + epochBytes.length)
                .put(VERSION)
                .putLong(index)
                .put(epochBytes)
                .array();
        String body = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return body + tag(body);
    }

    /**
     * @throws Refused {@link Refusal#CURSOR_INVALID} if this system did not make the cursor, {@link
     *                 Refusal#CURSOR_EXPIRED} if it did in an earlier epoch
     */
    public Cursor decode(String cursor) {
        if (cursor.length() <= TAG_CHARACTERS || cursor.length() > MAX_CHARACTERS) {
            throw new Refused(Refusal.CURSOR_INVALID);
        }
        int split = cursor.length() - TAG_CHARACTERS;
        String body = cursor.substring(0, split);
        if (!MessageDigest.isEqual(
                tag(body).getBytes(US_ASCII), cursor.substring(split).getBytes(UTF_8))) {
            throw new Refused(Refusal.CURSOR_INVALID);
        }
        // From here on the cursor is known to be genuine.
        byte[] bytes = Base64.getUrlDecoder().decode(body);
        if (bytes.length < HEAD_BYTES || bytes[0] != VERSION) {
            throw new Refused(Refusal.CURSOR_EXPIRED);
        }
        if (!Arrays.equals(bytes, HEAD_BYTES, bytes.length, epochBytes, 0, epochBytes.length)) {
            throw new Refused(Refusal.CURSOR_EXPIRED);
        }
        return new Cursor(epoch, ByteBuffer.wrap(bytes).getLong(1));
    }

    private String tag(String body) {
        return hash.of(Purpose.CURSOR, body).substring(0, TAG_CHARACTERS);
    }
}
