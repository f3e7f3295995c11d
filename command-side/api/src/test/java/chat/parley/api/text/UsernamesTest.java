package chat.parley.api.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernamesTest {
    @ParameterizedTest
    @CsvSource({
        "alice, ALICE",
        "straße, STRASSE",
        "straße, STRAẞE",
        "caf\u00e9, CAFE\u0301",
        "\ufb01sh, FISH",
        "\uff41lice, Alice",
        "\ud55c\uae00, \u1112\u1161\u11ab\u1100\u1173\u11af",
        "\u03c3, \u03c2",
        "\uab70, \u13a0"
    })
    void areEqualInAnyLetterCaseAndUnicodeForm(String one, String other) {
        assertThat(Usernames.fold(one)).isEqualTo(Usernames.fold(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "Zoë-Straße-1",
                "[Nick]|away^_`{-}",
                "o'brien",
                "O’Brien",
                "김철수",
                "김ada",
                "ada김",
                "山田taro",
                "たろう",
                "山田タロー",
                "王小明",
                "ада",
                "Ελένη",
                "محمد",
                "שירה",
                "नमस्ते",
                "தமிழ்",
                "ทดสอบ",
                "ǅ",
                "ㅋㅋ",
                "ᎠᎳ",
                "user.name+1@example.org"
            })
    void takeEveryScript(String name) {
        assertThatCode(() -> TextRules.requireUsername(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\u0000",
                "a\u200bb",
                "a\u3000b",
                "\ud800",
                "a\u202eb",
                "\u00b4",
                "ada\ufe0f",
                "ada\u034f",
                "ada\u3164",
                "ada\u2800",
                "ada\u17b4",
                "ada\u180b",
                "ada\udb40\uddef",
                "\uffa0",
                "ada\u00ad",
                "ada\u200d",
                "ada\u0378",
                "ada\ue000",
                "ada\u2028",
                "\u0301ada",
                "ad\u0430",
                "\u0430da",
                "ad\u03b1",
                "adа김",
                "محمدali",
                "ada٣",
                "3٣",
                "ada\u0307\u0307",
                "ada😀",
                "ada✓"
            })
    void areRefusedIfAmbiguousOrImpossibleToType(String name) {
        isRefused(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "ME", "Me", "ｍｅ", "all", "a11", "аӏӏ", "Here", "everyone", "parley", "Deleted-User"})
    void areNoReservedWords(String name) {
        isRefused(name);
    }

    @Test
    void haveAtMost64Characters() {
        assertThatCode(() -> TextRules.requireUsername("a".repeat(64))).doesNotThrowAnyException();
        isRefused("a".repeat(65));
        // One code point as written, eighteen when folded.
        isRefused("\ufdfa".repeat(64));
        isRefused("a".repeat(1_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "scope, ѕсоре",
        "ada, аԁа",
        "ada, ɑda",
        "Paul, PauI",
        "paul, pau1",
        "BOB, B0B",
        "bob, b0b",
        "BOB, ВОВ",
        "Ida, іԁа",
        "modern, rnodern",
        "o'brien, o’brien",
        "ı, i",
        "工, エ",
        "ada, ada\ufe0f",
        "a-b, a\u2010b"
    })
    void lookAlike(String one, String other) {
        assertThat(Usernames.looksOf(one)).containsAnyElementsOf(Usernames.looksOf(other));
    }

    @ParameterizedTest
    @CsvSource({"ada, ida", "ann, anna", "ada, adá", "user1, user2", "김ada, 김adb", "ann-1, ann_1"})
    void doNotLookAlikeWhereTheyDiffer(String one, String other) {
        assertThat(Usernames.looksOf(one)).doesNotContainAnyElementsOf(Usernames.looksOf(other));
    }

    private static void isRefused(String name) {
        assertThatThrownBy(() -> TextRules.requireUsername(name))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.USERNAME_INVALID));
    }
}
