package chat.parley.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refused;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiRulesTest {
    private static final String ENGLAND =
            "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "😀",
                "👍",
                "👍🏽",
                "❤",
                "❤️",
                "❤️‍🔥",
                "👨‍👩‍👧‍👦",
                "👩🏽‍🤝‍👨🏿",
                "🏳️‍🌈",
                "🇰🇷",
                "1️⃣",
                "#⃣",
                "☺️",
                "✊🏿",
                "👁️‍🗨️",
                ENGLAND
            })
    void oneEmojiIsAReaction(String emoji) {
        assertThatCode(() -> EmojiRules.require(emoji)).doesNotThrowAnyException();
        assertThat(Pattern.matches("\\X", emoji)).as("one grapheme").isTrue();
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
                "😀\u200D"
            })
    void anythingElseIsNot(String emoji) {
        assertThatThrownBy(() -> EmojiRules.require(emoji)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 1000})
    void aMadeUpSequenceDoesNotGrowWithoutEnd(int joined) {
        assertThatThrownBy(() -> EmojiRules.require("😀" + "\u200D😀".repeat(joined)))
                .isInstanceOf(Refused.class);
    }
}
