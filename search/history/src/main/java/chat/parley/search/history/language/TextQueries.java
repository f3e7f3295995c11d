package chat.parley.search.history.language;

import chat.parley.search.history.document.Fields;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.Locale;
import java.util.Set;

/** Builds the Elasticsearch queries for words, prefixes and phrases. */
final class TextQueries {
    /** An exact form ranks above an inflected one. */
    private static final float EXACT_BOOST = 2.0f;

    /** Signs distinguish words: {@code C++} from {@code C}. */
    private static final float SIGNS_BOOST = 4.0f;

    /** A single Korean syllable in a query means the word, rather than a part of a longer word. */
    private static final float LONE_SYLLABLE_BOOST = 0.5f;

    /** Exceeds the sum of all word scores, so that literal matches always come first. */
    private static final float WORDS_AS_WRITTEN = 1_000f;

    private static final float QUOTATION = 2_000f;

    /** Positions that removed Korean particles and endings leave between the parts of a word. */
    private static final int HOLES = 2;

    private static final Set<String> FILLERS = Set.of(
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
            "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with");

    private TextQueries() {}

    /** Matches any inflected form and spacing, or the literal word as a part of the text. */
    static Query word(String word) {
        BoolQuery.Builder forms = new BoolQuery.Builder()
                .minimumShouldMatch("1")
                .should(inOrder(Fields.TEXT, word, isKorean(word) ? HOLES : 0, 1))
                .should(inOrder(Fields.TEXT_EXACT, word, 0, EXACT_BOOST));
        if (CharacterClasses.hasSigns(word) || CharacterClasses.isWithoutSpaces(word)) {
            forms.should(inOrder(Fields.TEXT_SIGNS, word, 0, SIGNS_BOOST));
        } else if (CharacterClasses.hasLoneOfPairs(word)) {
            forms.should(inOrder(Fields.TEXT_SIGNS, word, 0, LONE_SYLLABLE_BOOST));
        }
        return forms.build()._toQuery();
    }

    /** Matches what must be excluded: {@code -C++} does not exclude {@code C}. */
    static Query excludedWord(String word) {
        return CharacterClasses.hasSigns(word) ? inOrder(Fields.TEXT_SIGNS, word, 0, 1) : word(word);
    }

    /** Matches the literal phrase, ignoring case. Signs are compared if the phrase has some. */
    static Query phrase(String phrase) {
        boolean bySigns = CharacterClasses.hasSigns(phrase)
                || (phrase.codePointCount(0, phrase.length()) == 1 && CharacterClasses.hasLoneOfPairs(phrase));
        return inOrder(bySigns ? Fields.TEXT_SIGNS : Fields.TEXT_EXACT, phrase, 0, EXACT_BOOST);
    }

    /** Matches words with this prefix. For Korean also words that contain it, which the caller has to filter. */
    static Query beginning(String text) {
        return CharacterClasses.isSearchable(text) && text.codePoints().noneMatch(CharacterClasses::isOfPairs)
                ? Query.of(query -> query.matchBoolPrefix(
                        match -> match.field(Fields.TEXT_SIGNS).query(text).operator(Operator.And)))
                : inOrder(Fields.TEXT_SIGNS, text, 0, 1);
    }

    /** Ranks texts with exactly these consecutive words first. */
    static Query asWritten(String words) {
        return constant(inOrder(Fields.TEXT_EXACT, words, 0, 1), WORDS_AS_WRITTEN);
    }

    /** Matches texts that contain this text literally with all its signs. */
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

    /** Whether this English stop word may be missing if the query has other words. */
    static boolean isFiller(String word) {
        return FILLERS.contains(word.toLowerCase(Locale.ROOT));
    }
}
