package chat.parley.search.history.query;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consecutive words of a message, pasted as a query, find the message. */
class FindingPastedMessagesTest {
    /** Outside the project; the test is skipped without this directory. */
    private static final Path CONVERSATIONS =
            Path.of(System.getProperty("parley.relevance.data", "../../../shared/data"));

    private static final int SAMPLES = 150;
    private static final PastedTextFixture pasting = new PastedTextFixture();

    @AfterAll
    static void clear() throws IOException {
        pasting.close();
    }

    /** The message is among the first twenty of hundreds of similar ones. */
    @ParameterizedTest
    @EnumSource(names = {"KOREAN", "IRC"})
    void anyWordsOfARealMessageAreFound(JudgedTexts conversations) throws Exception {
        Random random = new Random(25);
        List<String> texts = new ArrayList<>(
                new LinkedHashSet<>(conversations.texts(CONVERSATIONS).values()));
        Collections.shuffle(texts, random);
        List<String> longEnough = texts.stream()
                .filter(text -> PastedTextFixture.words(text).size() >= PastedTextFixture.FEWEST_WORDS)
                .toList();
        List<String> chosen = new ArrayList<>(longEnough.subList(0, SAMPLES));
        longEnough.stream()
                .skip(SAMPLES)
                .filter(FindingPastedMessagesTest::looksLikeAQuery)
                .limit(SAMPLES)
                .forEach(chosen::add);
        long first = pasting.say(chosen);
        for (int i = 0; i < chosen.size(); i++) {
            pasting.assertFinds(
                    PastedTextFixture.pasted(PastedTextFixture.words(chosen.get(i)), random), first + i, chosen.get(i));
        }
    }

    private static boolean looksLikeAQuery(String text) {
        return PastedTextFixture.words(text).stream()
                .anyMatch(word -> word.startsWith("-") || word.contains("\"") || word.matches("\\p{Punct}+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push --force",
                "-40 degrees",
                "27\" monitor",
                "\"",
                "-rf /tmp/build then",
                "mail from:bob today",
                "was:edited yesterday, they say",
                "in:nowhere there is nothing",
                "from:nobody came a reply",
                "has:teeth and claws",
                "-from:bob",
                ":-)",
                "(╯°□°)╯︵ ┻━┻",
                "*/5 * * * *",
                "C:\\Users\\ann",
                "~/.ssh/config ^W",
                "if (a && !b) { return *p; }",
                "\"a\" \"b",
                "一二三 山"
            })
    void isFoundEvenIfItLooksLikeAnOperator(String text) throws Exception {
        long at = pasting.say(List.of("they wrote: " + text + " and nothing more"));
        pasting.assertFinds(text, at, text);
    }

    /** The whole of a long text, which has more terms than a query. */
    @Test
    void ofAThousandCharactersIsFound() throws Exception {
        String text = "from:bob -tea \"was ".repeat(62).substring(0, 1_000);
        pasting.assertFinds(text, pasting.say(List.of("so: " + text + "!")), text);
    }
}
