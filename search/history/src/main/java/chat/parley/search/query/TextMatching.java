package chat.parley.search.query;

import chat.parley.search.index.Fields;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.Locale;
import java.util.Set;

/** When a text has a word, and when a phrase. */
final class TextMatching {
    /** What is there as it was written comes before other forms of it. */
    private static final float EXACT_BOOST = 2.0f;

    /** What Korean particles and endings leave between the parts of a word: with or without them it is the same. */
    private static final int HOLES = 2;

    private static final Set<String> FILLERS = Set.of(
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
            "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with");

    private TextMatching() {}

    /** In any form and however it is spaced, or as a part of the text as it is written. */
    static Query word(String word) {
        return Query.of(query -> query.bool(bool -> bool.minimumShouldMatch("1")
                .should(form -> form.matchPhrase(
                        match -> match.field(Fields.TEXT).query(word).slop(isKorean(word) ? HOLES : 0)))
                .should(phrase(word))));
    }

    /** As it is written, letter case aside. */
    static Query phrase(String phrase) {
        return Query.of(query -> query.matchPhrase(
                match -> match.field(Fields.TEXT_EXACT).query(phrase).boost(EXACT_BOOST)));
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
