package chat.parley.api;

import java.text.Normalizer;
import java.util.Locale;

/** When two usernames are the same one, whatever their letter case and Unicode form. */
public final class Usernames {
    /** In code points, as written and as normalised. */
    public static final int MAX_LENGTH = 64;

    private Usernames() {}

    /**
     * The form in which usernames are compared: NFKC and case-folded.
     *
     * @throws Refused {@link Refusal#USERNAME_INVALID}
     */
    public static String normalise(String username) {
        String normalised = fold(username);
        if (!isWellFormed(username) || !isWellFormed(normalised)) {
            throw new Refused(Refusal.USERNAME_INVALID);
        }
        return normalised;
    }

    /** Without any rule about what a username is: for the beginnings of names that people search by. */
    public static String fold(String text) {
        // Upper case first: it unites letters that lower case alone keeps apart, such as ß and ẞ with ss.
        String folded = nfkc(text).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return nfkc(folded);
    }

    private static String nfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static boolean isWellFormed(String name) {
        int length = name.codePointCount(0, name.length());
        return length >= 1 && length <= MAX_LENGTH && name.codePoints().allMatch(Usernames::isAllowed);
    }

    private static boolean isAllowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
