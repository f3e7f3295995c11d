package chat.parley.api.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextRulesTest {
    private static final List<Consumer<String>> LINES = List.of(TextRules::requireTitle, TextRules::requireDisplayName);

    static Stream<String> messages() {
        return Stream.of(
                "a",
                " a ",
                "가".repeat(100_000),
                "😀".repeat(100_000),
                "line\nbreak\tand tab",
                "👨‍👩‍👧‍👦",
                "ㅤ말",
                "\u202eright to left",
                "\u2028a",
                "e\u0301",
                "\u25cc\u0301",
                "\u06dd",
                "❤\ufe0f",
                "\uf8ff");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void ordinaryTextIsAMessage(String text) {
        assertThatCode(() -> TextRules.requireMessage(text)).doesNotThrowAnyException();
    }

    static Stream<Arguments> nonMessages() {
        return Stream.of(
                Arguments.of("", Refusal.MESSAGE_EMPTY),
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
    void invalidTextIsRefusedWithItsReason(String text, Refusal refusal) {
        refuses(TextRules::requireMessage, text, refusal);
    }

    static Stream<String> blanks() {
        return Stream.of(
                " \t\r\n",
                "\u00a0\u3000\u2003",
                "\u200b\u2060\ufeff",
                "\u3164\u115f\u1160\uffa0\u2800",
                "\ufe0f",
                "\ufe0e\u200d\u200c",
                "\u034f",
                "\u17b4\u17b5",
                "\u180b\u180e",
                cp(0xe0100),
                cp(0xe01ef),
                cp(0xe0041),
                "\u00ad\u061c\u200e\u200f",
                "\u202a\u202b\u202c\u202d\u202e",
                "\u2066\u2067\u2068\u2069",
                "\u2028\u2029\u0085",
                "\u2061\u2062\u2063\u2064\u2065\u206a\u206f",
                "\ufff9\ufffa\ufffb\ufffc",
                "\u0301",
                " \u0301\u20e0",
                "\u0903",
                cp(0x13441) + cp(0x13430),
                cp(0x16fe4),
                cp(0x1d159) + cp(0x1d173),
                "\u303f",
                "\uffff");
    }

    @ParameterizedTest
    @MethodSource("blanks")
    void invisibleTextIsBlankForEveryRule(String text) {
        refuses(TextRules::requireMessage, text, Refusal.MESSAGE_EMPTY);
        refuses(TextRules::requireTitle, text, Refusal.TITLE_INVALID);
        refuses(TextRules::requireDisplayName, text, Refusal.DISPLAY_NAME_INVALID);
        refuses(TextRules::requireUsername, text, Refusal.USERNAME_INVALID);
    }

    static Stream<String> lines() {
        return Stream.of(
                "Ada",
                "Ada Lovelace ❤️",
                "👨‍👩‍👧‍👦 우리 가족",
                "می\u200cخواهم",
                "क\u094d\u200dष",
                "김철수",
                "שלום",
                "O’Brien · 3rd",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "\u06f1\u06f2",
                "x\u0301");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void ordinaryNamesAndTitlesAreValid(String line) {
        LINES.forEach(rule -> assertThatCode(() -> rule.accept(line)).doesNotThrowAnyException());
    }

    static Stream<String> broken() {
        return Stream.of(
                        "\n", "\r", "\t", "\u0000", "\u0085", "\u2028", "\u2029", "\u202a", "\u202b", "\u202c",
                        "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u061c", "\u200e", "\u200f",
                        "\u206b", "\ufff9", "\ud800", "\udc00", "\ufdd0", "\u007f")
                .flatMap(sign -> Stream.of("Ada" + sign, sign + "Ada", "A" + sign + "da"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void lineBreaksAndDirectionOverridesAreRefused(String line) {
        refuses(TextRules::requireTitle, line, Refusal.TITLE_INVALID);
        refuses(TextRules::requireDisplayName, line, Refusal.DISPLAY_NAME_INVALID);
        refuses(TextRules::requireUsername, line, Refusal.USERNAME_INVALID);
    }

    private static void refuses(Consumer<String> rule, String text, Refusal refusal) {
        assertThatThrownBy(() -> rule.accept(text))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private static String cp(int codePoint) {
        return Character.toString(codePoint);
    }
}
