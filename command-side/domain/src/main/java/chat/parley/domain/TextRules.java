package chat.parley.domain;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/** What text may be. Lengths are in code points, as people who count characters expect. */
final class TextRules {
    static final int MESSAGE_MAX = 100_000;
    static final int TITLE_MAX = 200;
    static final int DISPLAY_NAME_MAX = 100;
    /** Events are forever. The longest that is recorded is a query of 1,000 with what a statistic counts in its hits. */
    static final int QUERY_MAX = 10_000;

    private static final int MAX_CHARS_PER_CODE_POINT = 2;

    private TextRules() {}

    static void requireMessage(String text) {
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

    static void requireTitle(String title) {
        requireName(title, TITLE_MAX, Refusal.TITLE_INVALID);
    }

    static void requireDisplayName(String name) {
        requireName(name, DISPLAY_NAME_MAX, Refusal.DISPLAY_NAME_INVALID);
    }

    static void requireQuery(String query) {
        if (isLongerThan(QUERY_MAX, query)) {
            throw new Refused(Refusal.QUERY_TOO_LONG);
        }
    }

    private static void requireName(String name, int max, Refusal refusal) {
        if (isLongerThan(max, name) || !isStorable(name) || isBlank(name)) {
            throw new Refused(refusal);
        }
    }

    private static boolean isLongerThan(int max, String text) {
        return text.length() > max * MAX_CHARS_PER_CODE_POINT || text.codePointCount(0, text.length()) > max;
    }

    /** PostgreSQL and others take no NUL, and a lone surrogate has no UTF-8. */
    private static boolean isStorable(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(String text) {
        return text.codePoints().allMatch(TextRules::isInvisible);
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            // Letters and symbols by their category that are drawn as nothing: Hangul fillers and the blank Braille
            // cell.
            default ->
                switch (codePoint) {
                    case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800 -> true;
                    default -> false;
                };
        };
    }
}
