package chat.parley.search.query;

import chat.parley.search.index.Fields;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;

/** When a text has a word, and when a phrase. */
final class TextMatching {
    /** What is there as it was written comes before other forms of it. */
    private static final float EXACT_BOOST = 2.0f;

    private TextMatching() {}

    /** In any form that means it, or as a part of the text as it is written. */
    static Query word(String word) {
        return Query.of(query -> query.bool(bool -> bool.minimumShouldMatch("1")
                .should(form ->
                        form.match(match -> match.field(Fields.TEXT).query(word).operator(Operator.And)))
                .should(exact -> exact.matchPhrase(
                        match -> match.field(Fields.TEXT_EXACT).query(word).boost(EXACT_BOOST)))));
    }

    /** As it is written, letter case aside. */
    static Query phrase(String phrase) {
        return Query.of(query -> query.matchPhrase(
                match -> match.field(Fields.TEXT_EXACT).query(phrase).boost(EXACT_BOOST)));
    }
}
