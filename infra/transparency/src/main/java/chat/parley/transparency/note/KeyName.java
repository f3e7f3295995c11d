package chat.parley.transparency.note;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;

/** The rules for the names of keys. */
final class KeyName {
    /** As long as the longest name that a signed ML-DSA-44 message has room for. */
    private static final int MAX_BYTES = 255;

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int NEXT_LINE = 0x85;

    private KeyName() {}

    static String require(String name) {
        if (name.isEmpty() || StrictText.utf8(name).length > MAX_BYTES) {
            throw new TransparencyException(Reason.MALFORMED, "A key name has 1 to 255 bytes.");
        }
        if (name.codePoints().anyMatch(KeyName::isForbidden)) {
            throw new TransparencyException(Reason.MALFORMED, "A key name has no spaces, plus or control characters.");
        }
        return name;
    }

    private static boolean isForbidden(int character) {
        return character == '+'
                || character < FIRST_PRINTABLE
                || character == NEXT_LINE
                || Character.isSpaceChar(character)
                || Character.isWhitespace(character);
    }
}
