package chat.parley.commands;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/** What people call themselves. */
final class DisplayNames {
    static final int MAX_LENGTH = 100;

    private DisplayNames() {}

    /**
     * Checked before anything is stored for a new account; what passes here, the account takes too.
     *
     * @throws Refused {@link Refusal#DISPLAY_NAME_INVALID}
     */
    static String checked(String name) {
        boolean readable = name.codePoints()
                .noneMatch(c -> Character.getType(c) == Character.SURROGATE || Character.isISOControl(c));
        boolean blank = name.codePoints().allMatch(DisplayNames::isInvisible);
        if (blank || !readable || name.codePointCount(0, name.length()) > MAX_LENGTH) {
            throw new Refused(Refusal.DISPLAY_NAME_INVALID);
        }
        return name;
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            // Letters and symbols by their category that are drawn as nothing: Hangul fillers and the blank Braille
            // cell.
            default -> "\u115f\u1160\u3164\uffa0\u2800".indexOf(codePoint) >= 0;
        };
    }
}
