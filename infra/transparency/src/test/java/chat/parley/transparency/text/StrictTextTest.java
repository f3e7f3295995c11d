package chat.parley.transparency.text;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictTextTest {
    @Test
    void readsNumbers() {
        assertThat(StrictText.decimal("0")).isZero();
        assertThat(StrictText.decimal("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", "01", "00", " 1", "1 ", "1.0", "1e3", "0x1", "\u0661", "99999999999999999999"})
    void refusesOtherTextsOfNumbers(String text) {
        assertRefused(Reason.MALFORMED, () -> StrictText.decimal(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "9999999999999999999"})
    void refusesNumbersThatOverflow(String text) {
        assertRefused(Reason.TOO_LARGE, () -> StrictText.decimal(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AA", "AA=", "AB==", "AAB=", "AA==\n", "AA==AA==", "-_==", " AA==", "=", "===="})
    void refusesOtherTextsOfBytes(String text) {
        assertRefused(Reason.MALFORMED, () -> StrictText.base64(text));
    }

    @Test
    void splitsLines() {
        assertThat(StrictText.lines("")).isEmpty();
        assertThat(StrictText.lines("a\n\nb\n")).isEqualTo(List.of("a", "", "b"));
        assertRefused(Reason.MALFORMED, () -> StrictText.lines("a\nb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "가나", "\uD83D\uDE00", "a\uD83D\uDE00\uD83D\uDE00b"})
    void encodesTexts(String text) {
        assertThat(StrictText.utf8(StrictText.utf8(text))).isEqualTo(text);
    }

    @Test
    void refusesUnpairedSurrogates() {
        for (String text :
                List.of("\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83Db", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00")) {
            assertRefused(Reason.MALFORMED, () -> StrictText.utf8(text));
        }
    }
}
