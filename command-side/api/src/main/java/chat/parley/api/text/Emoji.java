package chat.parley.api.text;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import com.ibm.icu.lang.CharacterProperties;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.UnicodeSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Validates a reaction, which is exactly one emoji. Keyboards write the same emoji with and without variation
 * selectors; all forms become the one that Unicode calls fully qualified. Skin tones, flags and families are kept.
 */
public final class Emoji {
    private static final String EMOJI_PRESENTATION = "\uFE0F";

    /** Every emoji that Unicode recommends for general interchange (RGI), by its form without variation selectors. */
    private static final Map<String, String> FULLY_QUALIFIED = fullyQualified();

    private static final UnicodeSet PICTURES =
            new UnicodeSet("[[:Extended_Pictographic:][:Regional_Indicator:]\\u20E3]").freeze();
    private static final UnicodeSet PARTS =
            new UnicodeSet("[[:Emoji:][:Emoji_Component:]]").addAll(PICTURES).freeze();

    private Emoji() {}

    /**
     * The emoji in its fully qualified form.
     *
     * @throws Refused {@link Refusal#EMOJI_INVALID} if this is not exactly one emoji
     */
    public static String require(String emoji) {
        String qualified = FULLY_QUALIFIED.get(unqualified(emoji));
        if (qualified == null) {
            throw new Refused(Refusal.EMOJI_INVALID);
        }
        return qualified;
    }

    /**
     * The fully qualified form of a reaction that is removed. Accepts every sequence of emoji code points, because
     * earlier versions stored some that {@link #require} refuses.
     *
     * @throws Refused {@link Refusal#EMOJI_INVALID}
     */
    public static String requireStored(String emoji) {
        if (!PARTS.containsAll(emoji) || PICTURES.containsNone(emoji)) {
            throw new Refused(Refusal.EMOJI_INVALID);
        }
        return qualify(emoji);
    }

    /**
     * Like {@link #require}, but returns anything else unchanged, because events may contain what earlier versions
     * accepted.
     */
    public static String qualify(String emoji) {
        return FULLY_QUALIFIED.getOrDefault(unqualified(emoji), emoji);
    }

    private static String unqualified(String emoji) {
        return emoji.replace(EMOJI_PRESENTATION, "");
    }

    private static Map<String, String> fullyQualified() {
        UnicodeSet emoji = CharacterProperties.getBinaryPropertySet(UProperty.RGI_EMOJI);
        Map<String, String> qualified = HashMap.newHashMap(emoji.size());
        for (String sequence : emoji) {
            qualified.put(unqualified(sequence), sequence);
        }
        return qualified;
    }
}
