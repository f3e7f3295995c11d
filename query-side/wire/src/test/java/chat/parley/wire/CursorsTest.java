package chat.parley.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.KeyedHash;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CursorsTest {
    private final CursorCodec codec = new CursorCodec(hash("secret"), new Epoch("e1"));

    private static KeyedHash hash(String secret) {
        return (purpose, input) -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec((secret + purpose).getBytes(UTF_8), "HmacSHA256"));
                return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(input.getBytes(UTF_8)))
                        .substring(0, 32);
            } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
                throw new IllegalStateException(impossible);
            }
        };
    }

    @Property
    void areDecodedAsTheyWereEncoded(@ForAll @LongRange(min = -1) long index) {
        assertThat(codec.decode(codec.encode(index))).isEqualTo(new Cursor(new Epoch("e1"), index));
    }

    @Property
    void areRefusedWithOneCharacterChanged(
            @ForAll @LongRange(min = -1) long index, @ForAll @IntRange(max = 29) int at) {
        String cursor = codec.encode(index);
        char changed = cursor.charAt(at) == 'A' ? 'B' : 'A';
        assertRefused(cursor.substring(0, at) + changed + cursor.substring(at + 1), Refusal.CURSOR_INVALID);
    }

    @Property
    void areRefusedTruncated(@ForAll @LongRange(min = -1) long index, @ForAll @IntRange(max = 29) int length) {
        assertRefused(codec.encode(index).substring(0, length), Refusal.CURSOR_INVALID);
    }

    @Property
    void areRefusedIfForged(@ForAll String text) {
        assertRefused(text, Refusal.CURSOR_INVALID);
    }

    @Test
    void areRefusedOfAnotherInstallation() {
        assertRefused(new CursorCodec(hash("other"), new Epoch("e1")).encode(7), Refusal.CURSOR_INVALID);
    }

    @Test
    void areRecognisedOfAnotherEpoch() {
        assertRefused(new CursorCodec(hash("secret"), new Epoch("e0")).encode(7), Refusal.CURSOR_EXPIRED);
        assertRefused(new CursorCodec(hash("secret"), new Epoch("e10")).encode(7), Refusal.CURSOR_EXPIRED);
    }

    private void assertRefused(String cursor, Refusal refusal) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> codec.decode(cursor))
                .extracting(Refused::refusal)
                .isEqualTo(refusal);
    }
}
