package chat.parley.transparency.text;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Conversions with exactly one text for each value. */
public final class StrictText {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");

    private StrictText() {}

    /** The text of valid UTF-8. */
    public static String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // What cannot be decoded is replaced, which other bytes stand for.
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new TransparencyException(Reason.MALFORMED, "The bytes are not valid UTF-8.");
        }
        return text;
    }

    /** The UTF-8 of a text without unpaired surrogates. */
    public static byte[] utf8(String text) {
        if (hasUnpairedSurrogate(text)) {
            throw new TransparencyException(Reason.MALFORMED, "The text contains an unpaired surrogate.");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasUnpairedSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                if (at + 1 == text.length() || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
                    return true;
                }
                at++;
            }
        }
        return false;
    }

    /** A number from 0 to 2^63 - 1 without leading zeros. */
    public static long decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new TransparencyException(Reason.MALFORMED, "A number is not a decimal without leading zeros.");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TransparencyException(Reason.TOO_LARGE, "A number is larger than 2^63 - 1.", e);
        }
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Decodes padded base64; of the texts that Java's decoder reads as the same bytes, only the canonical one counts. */
    public static byte[] base64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new TransparencyException(Reason.MALFORMED, "A value is not base64.", e);
        }
        if (!base64(bytes).equals(text)) {
            throw new TransparencyException(Reason.MALFORMED, "A value is not canonical base64.");
        }
        return bytes;
    }

    /** The lines of a text that is empty or ends with a newline, without their newlines. */
    public static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                throw new TransparencyException(Reason.MALFORMED, "The last line does not end with a newline.");
            }
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        return lines;
    }

    /** Refuses bytes beyond a bound before anything reads them. */
    public static void requireAtMost(int most, byte[] bytes, String what) {
        if (bytes.length > most) {
            throw new TransparencyException(
                    Reason.TOO_LARGE, what + " has " + bytes.length + " bytes; the most is " + most + ".");
        }
    }
}
