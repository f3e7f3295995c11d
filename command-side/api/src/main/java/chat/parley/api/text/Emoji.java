package chat.parley.api.text;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import com.ibm.icu.lang.CharacterProperties;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.UnicodeSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A reaction is exactly one emoji. Keyboards write the same emoji with and without the variation selectors in it; here
 * all of them become the one that Unicode calls fully qualified. Tones, flags and families stay what they are.
 */
public final class Emoji {
    private static final String EMOJI_PRESENTATION = "\uFE0F";

    /** Every emoji that Unicode recommends for interchange, by what is left of it without selectors. */
    private static final Map<String, String> FULLY_QUALIFIED = fullyQualified();

    private static final UnicodeSet PICTURES =
            new UnicodeSet("[[:Extended_Pictographic:][:Regional_Indicator:]\\u20E3]").freeze();
    private static final UnicodeSet PARTS =
            new UnicodeSet("[[:Emoji:][:Emoji_Component:]]").addAll(PICTURES).freeze();

    private Emoji() {}

    /**
     * The emoji in its fully qualified form.
     *
     * @throws Refused {@link Refusal#EMOJI_INVALID} if this is anything but one emoji
     */
    public static String require(String emoji) {
        String qualified = FULLY_QUALIFIED.get(unqualified(emoji));
        if (qualified == null) {
            throw new Refused(Refusal.EMOJI_INVALID);
        }
        return qualified;
    }

    /**
     * The same for one that is taken back, which may have been stored when more counted as an emoji: whatever is made of
     * what emoji are made of.
     *
     * @throws Refused {@link Refusal#EMOJI_INVALID}
     */
    public static String requireStored(String emoji) {
        if (!PARTS.containsAll(emoji) || PICTURES.containsNone(emoji)) {
            throw new Refused(Refusal.EMOJI_INVALID);
        }
        return qualify(emoji);
    }

    /** As {@link #require}; what is no emoji stays as it is, for what was stored when other rules held. */
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
