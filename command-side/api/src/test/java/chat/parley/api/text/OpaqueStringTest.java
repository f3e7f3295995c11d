package chat.parley.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueStringTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "correct horse battery staple,correct horse battery staple",
                "Correct Horse Battery Staple,Correct Horse Battery Staple",
                "πßå,πßå",
                "Jack of ♦s,Jack of ♦s",
                "foo\u1680bar,foo bar",
                "foo\u00a0bar,foo bar",
                "foo\u3000bar,foo bar",
                "cafe\u0301,caf\u00e9",
                "\u212b,\u00c5",
                "\u1112\u1161\u11ab,한",
                "\uff21,\uff21",
                "می\u200cخواهم,می\u200cخواهم",
                "🔥,🔥"
            })
    void hasOneFormAndOneKindOfSpace(String text, String form) {
        assertThat(OpaqueString.of(text)).contains(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my cat is a \u0009by",
                "nul\u0000",
                "del\u007f",
                "line\u2028line",
                "unassigned\u0378",
                "private\ue000",
                "ignorable\u200b",
                "❤\ufe0f",
                "bidi\u202e",
                "jamo\u1112",
                "tatweel\u0640",
                "\ud800",
                "none\uffff"
            })
    void refusesOtherText(String text) {
        assertThat(OpaqueString.of(text)).isEmpty();
    }
}
