package chat.parley.search.history.query;

import chat.parley.api.text.TextRules;
import chat.parley.search.history.language.CharacterClasses;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Like {@link FindingPastedMessagesTest}, for texts that look like queries, and for random ones. */
class FindingAnyPastedTextTest {
    private static final PastedTextFixture pasting = new PastedTextFixture();

    @AfterContainer
    static void clear() throws IOException {
        pasting.close();
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void anyWordsOfAnyTextAreFound(@ForAll("texts") List<List<String>> texts, @ForAll Random random) throws Exception {
        List<String> said = texts.stream()
                .map(words -> String.join(random.nextInt(4) == 0 ? "\n" : " ", words))
                .toList();
        long first = pasting.say(said);
        for (int i = 0; i < said.size(); i++) {
            List<String> words = PastedTextFixture.words(said.get(i));
            String pasted = PastedTextFixture.pasted(words, random);
            if (!TextRules.isBlank(pasted)) {
                pasting.assertFinds(pasted, first + i, said.get(i));
            }
        }
    }

    @Provide
    Arbitrary<List<List<String>>> texts() {
        Arbitrary<String> likely = Arbitraries.of(
                "tea",
                "the",
                "C++",
                "C#",
                ".NET",
                "--force",
                "-rf",
                "-40",
                "-",
                "--",
                "->",
                "27\"",
                "\"",
                "\"\"",
                "\"tea",
                "tea\"",
                "“tea”",
                "from:bob",
                "from:nobody",
                "-from:bob",
                "in:talk",
                "in:nowhere",
                "has:link",
                "has:x",
                "was:edited",
                "as-of:2026-11-21",
                "before:2000-01-01",
                "on:monday",
                "mentions:me",
                "from:",
                ":",
                ":-)",
                "(",
                ")",
                "*",
                "?",
                "/",
                "\\\\",
                "~",
                "^",
                "&&",
                "||",
                "!",
                "#tea",
                "@ann",
                "https://a.b/c?d=e#f",
                "[x]",
                "{y}",
                "<b>",
                "a_b",
                "don't",
                "don’t",
                "…",
                "....",
                "=====",
                "½",
                "ﬁn",
                "ＡＰＩ",
                "café",
                "Straße",
                "ёлка",
                "회의록을",
                "안",
                "와",
                "ㅋㅋㅋ",
                "山",
                "富士山",
                "カタカナ",
                "ｶﾀｶﾅ",
                "➡️",
                "➡",
                "❤",
                "👍🏽",
                "👩‍👩‍👧",
                "🇰🇷",
                "1️⃣",
                "ไทย",
                "नमस्ते",
                "مُحَمَّد",
                "e\u0301",
                "§",
                "€5",
                "$HOME",
                "2>&1",
                "100%",
                "`x`");
        Arbitrary<String> any = Arbitraries.chars()
                .all()
                .filter(c ->
                        Character.isDefined(c) && !CharacterClasses.isBlank(c) && !TextRules.isBlank(String.valueOf(c)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(chars -> chars.stream().map(String::valueOf).collect(Collectors.joining()));
        return Arbitraries.frequencyOf(Tuple.of(5, likely), Tuple.of(1, any))
                .list()
                .ofMinSize(PastedTextFixture.FEWEST_WORDS)
                .ofMaxSize(14)
                .list()
                .ofSize(40);
    }
}
