package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.TextEnd;
import chat.parley.search.history.language.Criterion;
import chat.parley.search.history.language.Criterion.After;
import chat.parley.search.history.language.Criterion.AsOf;
import chat.parley.search.history.language.Criterion.Before;
import chat.parley.search.history.language.Criterion.From;
import chat.parley.search.history.language.Criterion.HasLink;
import chat.parley.search.history.language.Criterion.In;
import chat.parley.search.history.language.Criterion.Mentions;
import chat.parley.search.history.language.Criterion.On;
import chat.parley.search.history.language.Criterion.Person;
import chat.parley.search.history.language.Criterion.Phrase;
import chat.parley.search.history.language.Criterion.Was;
import chat.parley.search.history.language.Criterion.When;
import chat.parley.search.history.language.Criterion.Word;
import chat.parley.search.history.language.ParsedQuery;
import chat.parley.search.history.language.ParsedQuery.Condition;
import chat.parley.search.history.language.QueryParser;
import chat.parley.search.history.language.TimeExpressions;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsingAQueryTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    @Test
    void wordsPhrasesAndExclusions() {
        assertThat(parse("lunch \"at the harbour\" -fish -\"not today\""))
                .containsExactly(
                        wanted(new Word("lunch")),
                        wanted(new Phrase("at the harbour")),
                        excluded(new Word("fish")),
                        excluded(new Phrase("not today")));
    }

    @Test
    void everyOperator() {
        assertThat(parse("from:bob in:c-1 mentions:me has:link was:edited was:retracted as-of:2026-11-21"))
                .containsExactly(
                        wanted(new From(new Person("bob"))),
                        wanted(new In(new ConversationId("c-1"))),
                        wanted(new Mentions(new Person("me"))),
                        wanted(new HasLink()),
                        wanted(new Was(TextEnd.EDITED)),
                        wanted(new Was(TextEnd.RETRACTED)),
                        wanted(new AsOf(new When.Day(DAY))));
        assertThat(parse("before:2026-11-21 after:2026-11-21 on:2026-11-21"))
                .containsExactly(
                        wanted(new Before(new When.Day(DAY))),
                        wanted(new After(new When.Day(DAY))),
                        wanted(new On(DAY)));
    }

    @Test
    void exclusions() {
        assertThat(parse("-from:@bob -in:c-1 -mentions:me -has:link -on:2026-11-21 -before:2026-11-21"))
                .hasSize(6)
                .allMatch(Condition::excluded);
    }

    @Test
    void timesAreInTheZoneOfTheRequestUnlessTheyNameOne() {
        When noon = new When.Moment(Instant.parse("2026-11-21T03:00:00Z"));
        assertThat(parse("after:2026-11-21T12:00 after:2026-11-21T12:00:00+09:00 after:2026-11-21T03:00:00Z"))
                .containsOnly(wanted(new After(noon)));
    }

    @Test
    void aDayIsNeitherBeforeNorAfterItself() {
        When day = new When.Day(DAY);
        assertThat(TimeExpressions.start(day, SEOUL)).isEqualTo("2026-11-20T15:00:00Z");
        assertThat(TimeExpressions.end(day, SEOUL)).isEqualTo("2026-11-21T15:00:00Z");
    }

    @Test
    void operatorsInAnyLetterCaseAndTypographicQuotes() {
        assertThat(parse("From:bob “at noon” HAS:Link From:\"ann\""))
                .containsExactly(
                        wanted(new From(new Person("bob"))),
                        wanted(new Phrase("at noon")),
                        wanted(new HasLink()),
                        wanted(new From(new Person("ann"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo:bar",
                "https://example.com/a?b=c:d",
                "text.exact:secret",
                "_exists_:text",
                "te*t?",
                "/.*(a+)+b/",
                "AND",
                "OR",
                "NOT",
                "(a",
                "a~2",
                "a^9",
                "[1",
                "{!x}",
                "from",
                "GPT-4o",
                "k8s",
                "qwen3.6",
                "@ann",
                "c++",
                "비급여",
                "😀",
                "👩‍👩‍👧",
                "🇰🇷",
                "♥",
                "½"
            })
    void everythingElseIsAWord(String text) {
        assertThat(parse(text)).containsExactly(wanted(new Word(text)));
    }

    /** Before a letter, an emoji, a name or a phrase. */
    @ParameterizedTest
    @ValueSource(
            strings = {"word", "비급여", "https://example.com", "@ann", "#tea", "_exists_", "😀", "ёлка", "a-b", "C++"})
    void aMinusBeforeAWordExcludesIt(String text) {
        assertThat(parse("-" + text)).containsExactly(excluded(new Word(text)));
        assertThat(parse("tea -" + text)).containsExactly(wanted(new Word("tea")), excluded(new Word(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-40", "--force", "->x", "-1.5", "-½", "-(a", "-.net", "-\"", "-\"a", "--", "a-b", "tea-", "–word",
                "-+-x"
            })
    void elsewhereAMinusIsText(String text) {
        assertThat(parse("x " + text)).noneMatch(Condition::excluded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "27\" monitor",
                "5\" nails and 6\" nails",
                "a\"b c\"d",
                "\"never closed",
                "closed never\"",
                "\"\"",
                "\" \"",
                "\"",
                "he said \"no",
                "\"a\"b",
                "“",
                "=\"x y\""
            })
    void quotationMarksWithinTextMakeNoPhrase(String text) {
        assertThat(parse(text)).noneMatch(condition -> condition.criterion() instanceof Phrase);
    }

    @Test
    void aPhraseEndsBeforeABlankOrASign() {
        assertThat(parse("\"to be\", he said (\"not\") \"a\"b c\" x\"d e\""))
                .containsExactly(
                        wanted(new Phrase("to be")),
                        wanted(new Word("he")),
                        wanted(new Word("said")),
                        wanted(new Word("(\"not\")")),
                        wanted(new Phrase("a\"b c")),
                        wanted(new Word("x\"d")),
                        wanted(new Word("e\"")));
        assertThat(parse("\"a\"-b \"c\"from:ann"))
                .containsExactly(wanted(new Phrase("a")), wanted(new Word("-b")), wanted(new Word("\"c\"from:ann")));
    }

    /** An operator with an invalid value, or within a word, is text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "from:",
                "from:\"\"",
                "from:\u200b",
                "in:a/b",
                "in:",
                "has:teeth",
                "has:x",
                "was:there",
                "before:yesterday",
                "before:",
                "after:8pm",
                "on:2026-11-21T10:00",
                "on:off",
                "as-of:now",
                "mail:from:ann",
                "(from:ann)",
                "xfrom:ann",
                "from=ann",
                ":from:ann",
                "before:1969-12-31",
                "before:3000-01-01",
                "before:2026-02-30",
                "after:20261121",
                "after:2026-11-21T10:00+19:00",
                "on:99999999999999999999"
            })
    void invalidOperatorsAreText(String text) {
        assertThat(parse("x " + text + " y"))
                .containsExactly(wanted(new Word("x")), wanted(new Word(text)), wanted(new Word("y")));
    }

    @Test
    void invalidExclusionsAreText() {
        assertThat(parse("-was:edited -as-of:2026-11-21"))
                .containsExactly(excluded(new Word("was:edited")), excluded(new Word("as-of:2026-11-21")));
        assertThat(parse("from: bob")).containsExactly(wanted(new Word("from:")), wanted(new Word("bob")));
    }

    @Test
    void signsAloneAreNoWords() {
        assertThat(parse("a - b ... \"\" & -# * \\ :-) >> \u200b"))
                .containsExactly(wanted(new Word("a")), wanted(new Word("b")));
        assertThat(parse("a \"?!\"")).containsExactly(wanted(new Word("a")), wanted(new Phrase("?!")));
    }

    /** A text with signs may be a pasted one, so it is also searched literally. */
    @Test
    void aQueryWithSignsOrManyTermsMayBeLiteral() {
        for (String text : List.of(
                "git push --force", "27\" monitor", "\"", ":-)", "from:ann tea", "-tea", "😀", "a ".repeat(33))) {
            assertThat(QueryParser.parse(text, SEOUL).mayBeQuoted()).as(text).isTrue();
        }
        for (String text : List.of("tea", "비급여 항목", "a ".repeat(32), "Straße café")) {
            assertThat(QueryParser.parse(text, SEOUL).mayBeQuoted()).as(text).isFalse();
        }
    }

    @Test
    void aQueryOfTooManyTermsIsOnlyLiteral() {
        assertThat(parse("a ".repeat(32))).hasSize(32);
        assertThat(parse("-a from:ann ".repeat(17))).isEmpty();
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        String composed = "회의 café";
        assertThat(parse(Normalizer.normalize(composed, Normalizer.Form.NFD))).isEqualTo(parse(composed));
    }

    @Test
    void queriesDoNotPrintTheirText() {
        assertThat(QueryParser.parse("secret", SEOUL).toString()).doesNotContain("secret");
    }

    @Property(tries = 2_000)
    void anyTextIsParsedOrRefused(@ForAll("anyText") String text) {
        try {
            QueryParser.parse(text, SEOUL);
        } catch (Refused refused) {
            assertThat(refused.refusal().code()).startsWith("query-");
        }
    }

    @Property(tries = 2_000)
    void aQueryWrittenOutParsesToTheSame(@ForAll("anyText") String text) {
        ParsedQuery query;
        try {
            query = QueryParser.parse(text, SEOUL);
        } catch (Refused refused) {
            return;
        }
        assertThat(QueryParser.parse(query.text(), SEOUL)).isEqualTo(query);
    }

    /** Random text, and text that looks like a query. */
    @Provide
    Arbitrary<String> anyText() {
        Arbitrary<String> likely = Arbitraries.of(
                "word",
                "\"",
                "”",
                "-",
                " ",
                "\u3000",
                ":",
                "from:",
                "In:",
                "before:",
                "after:",
                "on:",
                "has:link",
                "mentions:",
                "was:edited",
                "as-of:",
                "me",
                "@ann",
                "2026-11-21",
                "2026-11-21T10:00",
                "2026-11-21T10:00Z",
                "회의록",
                "e\u0301",
                "\u1112\u1161\u11ab",
                "😀",
                "\ud83d",
                "\u0000",
                "*",
                "/",
                "..",
                "1e9",
                "T");
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(200),
                likely.list().ofMaxSize(30).map(parts -> String.join("", parts)),
                likely.list().ofMaxSize(40).map(parts -> String.join(" ", parts)));
    }

    private static List<Condition> parse(String query) {
        return QueryParser.parse(query, SEOUL).conditions();
    }

    private static Condition wanted(Criterion criterion) {
        return new Condition(false, criterion);
    }

    private static Condition excluded(Criterion criterion) {
        return new Condition(true, criterion);
    }
}
