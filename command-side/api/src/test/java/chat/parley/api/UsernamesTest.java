package chat.parley.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernamesTest {
    @ParameterizedTest
    @CsvSource({
        "alice, ALICE",
        "straße, STRASSE",
        "caf\u00e9, CAFE\u0301",
        "\ufb01sh, FISH",
        "\uff41lice, Alice",
        "\ud55c\uae00, \u1112\u1161\u11ab\u1100\u1173\u11af",
        "\u03c3, \u03c2"
    })
    void areTheSameInAnyLetterCaseAndUnicodeForm(String one, String other) {
        assertThat(Usernames.normalise(one)).isEqualTo(Usernames.normalise(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\u0000", "a\u200bb", "a\u3000b", "\ud800", "a\u202eb", "\u00b4"})
    void areRefusedWhereTheyCouldNotBeToldApartOrWritten(String name) {
        assertThatThrownBy(() -> Usernames.normalise(name))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.USERNAME_INVALID));
    }

    @Test
    void haveAtMost64Characters() {
        assertThat(Usernames.normalise("a".repeat(64))).hasSize(64);
        assertThatThrownBy(() -> Usernames.normalise("a".repeat(65))).isInstanceOf(Refused.class);
    }

    @Test
    void takeTheNicksOfIrc() {
        assertThat(Usernames.normalise("[Nick]|away^_`{-}")).isEqualTo("[nick]|away^_`{-}");
    }
}
