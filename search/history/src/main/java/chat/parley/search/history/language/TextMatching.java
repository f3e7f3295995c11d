package chat.parley.search.history.language;

import chat.parley.search.history.document.Fields;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.Locale;
import java.util.Set;

/** When a text has a word, and when a phrase. */
final class TextMatching {
    /** What is there as it was written comes before other forms of it. */
    private static final float EXACT_BOOST = 2.0f;

    /** Signs are written to be told from what has none: {@code C++} from {@code C}. */
    private static final float SIGNS_BOOST = 4.0f;

    /** Who looks for one syllable of Korean means the word rather than a part of a longer one. */
    private static final float LONE_SYLLABLE_BOOST = 0.5f;

    /** More than words weigh together, so that these messages come first however long they are. */
    private static final float WORDS_AS_WRITTEN = 1_000f;

    private static final float QUOTATION = 2_000f;

    /** What Korean particles and endings leave between the parts of a word: with or without them it is the same. */
    private static final int HOLES = 2;

    private static final Set<String> FILLERS = Set.of(
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
            "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with");

    private TextMatching() {}

    /** In any form and however it is spaced, or as a part of the text as it is written. */
    static Query word(String word) {
        BoolQuery.Builder forms = new BoolQuery.Builder()
                .minimumShouldMatch("1")
                .should(inOrder(Fields.TEXT, word, isKorean(word) ? HOLES : 0, 1))
                .should(inOrder(Fields.TEXT_EXACT, word, 0, EXACT_BOOST));
        if (Characters.hasSigns(word) || Characters.isWithoutSpaces(word)) {
            forms.should(inOrder(Fields.TEXT_SIGNS, word, 0, SIGNS_BOOST));
        } else if (Characters.hasLoneOfPairs(word)) {
            forms.should(inOrder(Fields.TEXT_SIGNS, word, 0, LONE_SYLLABLE_BOOST));
        }
        return forms.build()._toQuery();
    }

    /** What must not be there: {@code -C++} says nothing against {@code C}. */
    static Query excludedWord(String word) {
        return Characters.hasSigns(word) ? inOrder(Fields.TEXT_SIGNS, word, 0, 1) : word(word);
    }

    /** As it is written, letter case aside. Signs count where it has some. */
    static Query phrase(String phrase) {
        boolean bySigns = Characters.hasSigns(phrase)
                || (phrase.codePointCount(0, phrase.length()) == 1 && Characters.hasLoneOfPairs(phrase));
        return inOrder(bySigns ? Fields.TEXT_SIGNS : Fields.TEXT_EXACT, phrase, 0, EXACT_BOOST);
    }

    /** A word that begins like this. Of Korean also words that have it within, which whoever asks has to leave out. */
    static Query beginning(String text) {
        return Characters.isSearchable(text) && text.codePoints().noneMatch(Characters::isOfPairs)
                ? Query.of(query -> query.matchBoolPrefix(
                        match -> match.field(Fields.TEXT_SIGNS).query(text).operator(Operator.And)))
                : inOrder(Fields.TEXT_SIGNS, text, 0, 1);
    }

    /** Puts first what has the words as they are written, one after the other. */
    static Query asWritten(String words) {
        return constant(inOrder(Fields.TEXT_EXACT, words, 0, 1), WORDS_AS_WRITTEN);
    }

    /** What has this text with every sign that is in it, whatever it would mean as a query. */
    static Query quotation(String text) {
        return constant(inOrder(Fields.TEXT_SIGNS, text, 0, 1), QUOTATION);
    }

    private static Query inOrder(String field, String text, int slop, float boost) {
        return Query.of(query -> query.matchPhrase(
                match -> match.field(field).query(text).slop(slop).boost(boost)));
    }

    private static Query constant(Query filter, float score) {
        return Query.of(
                query -> query.constantScore(constant -> constant.filter(filter).boost(score)));
    }

    private static boolean isKorean(String word) {
        return word.codePoints()
                .anyMatch(codePoint -> Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HANGUL);
    }

    /** Whether a text may do without this English word where others are looked for beside it. */
    static boolean isFiller(String word) {
        return FILLERS.contains(word.toLowerCase(Locale.ROOT));
    }
}
