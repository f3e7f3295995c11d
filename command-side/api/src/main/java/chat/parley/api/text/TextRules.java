package chat.parley.api.text;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.UnicodeSet;

/**
 * What usernames, display names, titles, messages and other named things may be. Lengths are in code points, as people
 * who count characters expect.
 *
 * <p>All rules stand on two sets of characters: those that leave nothing to see, and those that break or turn around the
 * line they stand in. Both follow from Unicode's properties. Only characters that most fonts draw as nothing although
 * Unicode calls them letters or symbols are listed by hand, here and nowhere else.
 */
public final class TextRules {
    public static final int MESSAGE_MAX = 100_000;
    public static final int TITLE_MAX = 200;
    public static final int DISPLAY_NAME_MAX = 100;
    public static final int USERNAME_MAX = 64;
    /** Events are forever. The longest that is recorded is a query of 1,000 with what a statistic counts in its hits. */
    public static final int QUERY_MAX = 10_000;

    private static final int MAX_CHARS_PER_CODE_POINT = 2;

    /** The blank Braille cell, a Japanese half space, two blank hieroglyphs, and three more that hold a place open. */
    private static final String BLANK_LOOKING = "[\\u2800\\u303F\\uFFFC\\U00013441\\U00013442\\U00016FE4\\U0001D159]";

    /**
     * What leaves nothing to see where nothing else stands. Marks need a base to stand on. The signs that enclose
     * numbers in Arabic and its neighbours count as format characters and are seen all the same.
     */
    private static final UnicodeSet INVISIBLE = new UnicodeSet("[[:Default_Ignorable_Code_Point:][:White_Space:][:Z:]"
                    + "[:Cc:][:Cf:][:Cs:][:Noncharacter_Code_Point:][:M:]" + BLANK_LOOKING
                    + "-[:Prepended_Concatenation_Mark:]]")
            .freeze();

    /**
     * What has no place in a line that stands among others: it would end the line, turn it or its neighbours around, or
     * cannot be written at all. Joiners and variation selectors are not among it: emoji, Persian and Indic need them.
     */
    private static final UnicodeSet NOT_IN_A_LINE = new UnicodeSet("[[:Cc:][:Cs:][:Zl:][:Zp:][:Bidi_Control:]"
                    + "[:Noncharacter_Code_Point:]\\u206A-\\u206F\\uFFF9-\\uFFFB]")
            .freeze();

    /** What nobody could tell from a name without it, or write down from hearing the name. */
    private static final UnicodeSet NOT_IN_A_USERNAME =
            new UnicodeSet("[[:Default_Ignorable_Code_Point:][:White_Space:][:Z:][:C:]" + BLANK_LOOKING + "]").freeze();

    /**
     * Of folded names: what Unicode's UAX 31 takes for identifiers in every script, the signs of ASCII, and the few signs
     * that UTS 39 lets stand inside names, such as the apostrophe.
     */
    private static final UnicodeSet IN_A_USERNAME = new UnicodeSet("[[:XID_Continue:][\\u0021-\\u007E]]")
            .addAll(SpoofChecker.INCLUSION)
            .freeze();

    private static final UnicodeSet MARKS = new UnicodeSet("[:M:]").freeze();

    private TextRules() {}

    /**
     * For new names; a name of before that would not pass keeps its owner.
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

    /** The name of anything else: one line that shows something. */
    public static void requireLine(String line, int max, Refusal refusal) {
        if (isLongerThan(max, line) || !NOT_IN_A_LINE.containsNone(line) || isBlank(line)) {
            throw new Refused(refusal);
        }
    }

    /** @throws Refused for its reason */
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

    /** Whether there is nothing to see. */
    public static boolean isBlank(String text) {
        return INVISIBLE.containsAll(text);
    }

    /** PostgreSQL and others take no NUL, and a lone surrogate has no UTF-8. */
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
