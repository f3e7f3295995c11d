package chat.parley.api.text;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.UnicodeSet;

/**
 * The rules for usernames, display names, titles, messages and other names. Lengths are in code points.
 *
 * <p>All rules use two sets of characters: invisible ones, and those that break a line or change its direction. Both
 * are derived from Unicode properties. Only characters that most fonts draw blank although Unicode classifies them as
 * letters or symbols are listed individually, in this class only.
 */
public final class TextRules {
    public static final int MESSAGE_MAX = 100_000;
    public static final int TITLE_MAX = 200;
    public static final int DISPLAY_NAME_MAX = 100;
    public static final int USERNAME_MAX = 64;
    /** Limit for the stated reason of an audit access. */
    public static final int REASON_MAX = 500;
    /**
     * Limit for recorded queries, which are stored permanently. The longest is a query of 1,000 plus the parameters of
     * a statistic.
     */
    public static final int QUERY_MAX = 10_000;

    private static final int MAX_CHARS_PER_CODE_POINT = 2;

    /**
     * The blank Braille cell, the ideographic half fill space, two blank hieroglyphs, and three more characters drawn
     * blank.
     */
    private static final String BLANK_LOOKING = "[\\u2800\\u303F\\uFFFC\\U00013441\\U00013442\\U00016FE4\\U0001D159]";

    /**
     * Characters that are invisible unless others stand with them. Combining marks need a base character. Prepended
     * concatenation marks are format characters but visible.
     */
    private static final UnicodeSet INVISIBLE = new UnicodeSet("[[:Default_Ignorable_Code_Point:][:White_Space:][:Z:]"
                    + "[:Cc:][:Cf:][:Cs:][:Noncharacter_Code_Point:][:M:]" + BLANK_LOOKING
                    + "-[:Prepended_Concatenation_Mark:]]")
            .freeze();

    /**
     * Characters that a one-line name must not have: they end the line, change its direction, or cannot be encoded.
     * Joiners and variation selectors are allowed, because emoji, Persian and Indic scripts need them.
     */
    private static final UnicodeSet NOT_IN_A_LINE = new UnicodeSet("[[:Cc:][:Cs:][:Zl:][:Zp:][:Bidi_Control:]"
                    + "[:Noncharacter_Code_Point:]\\u206A-\\u206F\\uFFF9-\\uFFFB]")
            .freeze();

    /** Characters that are invisible, and therefore could make two usernames look the same. */
    private static final UnicodeSet NOT_IN_A_USERNAME =
            new UnicodeSet("[[:Default_Ignorable_Code_Point:][:White_Space:][:Z:][:C:]" + BLANK_LOOKING + "]").freeze();

    /**
     * Characters of folded usernames: the identifiers of Unicode's UAX 31 in every script, printable ASCII, and the few
     * characters that UTS 39 allows inside names, such as the apostrophe.
     */
    private static final UnicodeSet IN_A_USERNAME = new UnicodeSet("[[:XID_Continue:][\\u0021-\\u007E]]")
            .addAll(SpoofChecker.INCLUSION)
            .freeze();

    private static final UnicodeSet MARKS = new UnicodeSet("[:M:]").freeze();

    private TextRules() {}

    /**
     * Checks a new username. Existing usernames that would fail keep their owner.
     *
     * @throws Refused {@link Refusal#USERNAME_INVALID}
     */
    public static void requireUsername(String username) {
        if (isLongerThan(USERNAME_MAX, username) || !isUsername(username, Usernames.fold(username))) {
            throw new Refused(Refusal.USERNAME_INVALID);
        }
    }

    private static boolean isUsername(String written, String folded) {
        return !folded.isEmpty()
                && !isLongerThan(USERNAME_MAX, folded)
                && NOT_IN_A_USERNAME.containsNone(written)
                && IN_A_USERNAME.containsAll(folded)
                && !MARKS.contains(folded.codePointAt(0))
                && Usernames.isOfOneScript(written)
                && Usernames.isOfOneScript(folded)
                && !Usernames.isReserved(written);
    }

    /** @throws Refused {@link Refusal#DISPLAY_NAME_INVALID} */
    public static void requireDisplayName(String name) {
        requireLine(name, DISPLAY_NAME_MAX, Refusal.DISPLAY_NAME_INVALID);
    }

    /** @throws Refused {@link Refusal#TITLE_INVALID} */
    public static void requireTitle(String title) {
        requireLine(title, TITLE_MAX, Refusal.TITLE_INVALID);
    }

    /** Checks any other name: one line with something visible. */
    public static void requireLine(String line, int max, Refusal refusal) {
        if (isLongerThan(max, line) || !NOT_IN_A_LINE.containsNone(line) || isBlank(line)) {
            throw new Refused(refusal);
        }
    }

    /**
     * @throws Refused {@link Refusal#MESSAGE_EMPTY}, {@link Refusal#MESSAGE_TOO_LONG} or {@link Refusal#TEXT_INVALID}
     */
    public static void requireMessage(String text) {
        if (text.isEmpty()) {
            throw new Refused(Refusal.MESSAGE_EMPTY);
        }
        if (isLongerThan(MESSAGE_MAX, text)) {
            throw new Refused(Refusal.MESSAGE_TOO_LONG);
        }
        if (!isStorable(text)) {
            throw new Refused(Refusal.TEXT_INVALID);
        }
        if (isBlank(text)) {
            throw new Refused(Refusal.MESSAGE_EMPTY);
        }
    }

    /** @throws Refused {@link Refusal#QUERY_TOO_LONG} */
    public static void requireQuery(String query) {
        if (isLongerThan(QUERY_MAX, query)) {
            throw new Refused(Refusal.QUERY_TOO_LONG);
        }
    }

    /** Whether the text has no visible character. */
    public static boolean isBlank(String text) {
        return INVISIBLE.containsAll(text);
    }

    /** PostgreSQL stores no NUL, and a lone surrogate has no UTF-8 encoding. */
    public static boolean isStorable(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE) {
                return false;
            }
        }
        return true;
    }

    public static boolean isLongerThan(int max, String text) {
        return text.length() > max * MAX_CHARS_PER_CODE_POINT || text.codePointCount(0, text.length()) > max;
    }
}
