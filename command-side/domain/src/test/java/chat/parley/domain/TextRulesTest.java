package chat.parley.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextRulesTest {
    static Stream<String> messages() {
        return Stream.of(
                "a",
                " a ",
                "가".repeat(100_000),
                "😀".repeat(100_000),
                "line\nbreak\tand tab",
                "👨‍👩‍👧‍👦",
                "ㅤ말",
                "\u202eright to left");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatPeopleWriteIsAMessage(String text) {
        assertThatCode(() -> TextRules.requireMessage(text)).doesNotThrowAnyException();
    }

    static Stream<Arguments> nonMessages() {
        return Stream.of(
                Arguments.of("", Refusal.MESSAGE_EMPTY),
                Arguments.of(" \t\r\n", Refusal.MESSAGE_EMPTY),
                Arguments.of("\u00a0\u3000\u2003", Refusal.MESSAGE_EMPTY),
                Arguments.of("\u200b\u2060\ufeff", Refusal.MESSAGE_EMPTY),
                Arguments.of("\u3164\u115f\u1160\uffa0\u2800", Refusal.MESSAGE_EMPTY),
                Arguments.of("a".repeat(100_001), Refusal.MESSAGE_TOO_LONG),
                Arguments.of("😀".repeat(100_001), Refusal.MESSAGE_TOO_LONG),
                Arguments.of("a".repeat(300_000), Refusal.MESSAGE_TOO_LONG),
                Arguments.of("a\u0000", Refusal.TEXT_INVALID),
                Arguments.of("\ud83d", Refusal.TEXT_INVALID),
                Arguments.of("\ude00\ud83d", Refusal.TEXT_INVALID),
                Arguments.of("a\udc00b", Refusal.TEXT_INVALID));
    }

    @ParameterizedTest
    @MethodSource("nonMessages")
    void whatIsNoMessageIsRefusedForItsReason(String text, Refusal refusal) {
        assertThatThrownBy(() -> TextRules.requireMessage(text))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
