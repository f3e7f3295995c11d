package chat.parley.api.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refused;
import com.ibm.icu.lang.CharacterProperties;
import com.ibm.icu.lang.UProperty;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
    private static final String ENGLAND =
            "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "😀",
                "👍",
                "👍🏽",
                "❤\uFE0F",
                "❤\uFE0F\u200D🔥",
                "👨‍👩‍👧‍👦",
                "👩🏽‍🤝‍👨🏿",
                "🏳\uFE0F‍🌈",
                "🇰🇷",
                "1\uFE0F\u20E3",
                "#\uFE0F\u20E3",
                "☺\uFE0F",
                "✊🏿",
                "☝🏽",
                "👁\uFE0F\u200D🗨\uFE0F",
                "©\uFE0F",
                ENGLAND
            })
    void aSingleEmojiIsAValidReaction(String emoji) {
        assertThat(Emoji.require(emoji)).isEqualTo(emoji);
    }

    @ParameterizedTest
    @CsvSource({
        "❤, ❤\uFE0F",
        "👍\uFE0F, 👍",
        "☝\uFE0F🏽, ☝🏽",
        "👍\uFE0F🏽, 👍🏽",
        "❤\u200D🔥, ❤\uFE0F\u200D🔥",
        "🏳\u200D🌈, 🏳\uFE0F\u200D🌈",
        "👁\u200D🗨, 👁\uFE0F\u200D🗨\uFE0F",
        "👁\uFE0F\u200D🗨, 👁\uFE0F\u200D🗨\uFE0F",
        "1\u20E3, 1\uFE0F\u20E3",
        "#\u20E3, #\uFE0F\u20E3",
        "🇰🇷\uFE0F, 🇰🇷",
        "©, ©\uFE0F"
    })
    void variantsOfAnEmojiAreOneReaction(String written, String qualified) {
        assertThat(Emoji.require(written)).isEqualTo(qualified);
        assertThat(Emoji.qualify(written)).isEqualTo(qualified);
    }

    /** Keyboards leave out some variation selectors. */
    @Test
    void everyUnicodeEmojiIsValidWithOrWithoutVariationSelectors() {
        Set<String> all = new HashSet<>();
        for (String emoji : CharacterProperties.getBinaryPropertySet(UProperty.RGI_EMOJI)) {
            assertThat(Emoji.require(emoji)).isEqualTo(emoji);
            assertThat(Emoji.require(emoji.replace("\uFE0F", ""))).isEqualTo(emoji);
            assertThat(Emoji.require(emoji.replaceFirst("\uFE0F", ""))).isEqualTo(emoji);
            assertThat(Emoji.require(emoji + "\uFE0F")).isEqualTo(emoji);
            all.add(emoji);
        }
        assertThat(all).hasSizeGreaterThan(3_500).contains("👍", "👍🏻", "👍🏿");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "1",
                "#",
                "가",
                "😀😀",
                "😀 ",
                "a😀",
                ":-)",
                "🇰",
                "🇰🇷🇰🇷",
                "\uFE0F",
                "\u200D",
                "😀\u0301",
                "\uD83D",
                "😀\u0000",
                "😀\u200D",
                "❤\uFE0E",
                "👍\uD83C"
            })
    void otherTextIsNoReaction(String text) {
        assertThatThrownBy(() -> Emoji.require(text)).isInstanceOf(Refused.class);
        assertThat(Emoji.qualify(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"❤, ❤\uFE0F", "👍\uFE0F, 👍", "🇰🇰, 🇰🇰", "👨\u200D🔥, 👨\u200D🔥", "1\u20E3, 1\uFE0F\u20E3"})
    void aFormerReactionCanBeRemoved(String emoji, String stored) {
        assertThat(Emoji.requireStored(emoji)).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a", "1", "#", "가", "😀 ", "a😀", "\uFE0F", "\u200D", "😀\u0301", "\uD83D"})
    void otherTextCannotBeRemoved(String text) {
        assertThatThrownBy(() -> Emoji.requireStored(text)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 1000})
    void aMadeUpSequenceIsBounded(int joined) {
        assertThatThrownBy(() -> Emoji.require("😀" + "\u200D😀".repeat(joined)))
                .isInstanceOf(Refused.class);
    }
}
