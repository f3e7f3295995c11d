package chat.parley.domain;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.regex.Pattern;

/** A reaction is exactly one emoji, as people see it: one grapheme, however many code points it is made of. */
final class EmojiRules {
    /** The longest in use, families with skin tones, have ten; a made-up sequence must not be stored without end. */
    private static final int MAX_CODE_POINTS = 16;

    private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{2}";
    private static final String KEYCAP = "[0-9#*]\\x{FE0F}?\\x{20E3}";
    private static final String PICTOGRAPH =
            "\\p{IsExtended_Pictographic}" + "(?:\\p{IsEmoji_Modifier}|\\x{FE0F}|[\\x{E0020}-\\x{E007E}]+\\x{E007F})?";

    /** The sequences of Unicode's UTS 51, without those that begin as plain digits. */
    private static final Pattern EMOJI =
            Pattern.compile(FLAG + "|" + KEYCAP + "|" + PICTOGRAPH + "(?:\\x{200D}" + PICTOGRAPH + ")*");

    private EmojiRules() {}

    static void require(String emoji) {
        if (emoji.length() > 2 * MAX_CODE_POINTS || !EMOJI.matcher(emoji).matches()) {
            throw new Refused(Refusal.EMOJI_INVALID);
        }
    }
}
