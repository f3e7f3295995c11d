package chat.parley.search.history.language;

import chat.parley.api.account.UserId;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.language.Criterion.After;
import chat.parley.search.history.language.Criterion.AsOf;
import chat.parley.search.history.language.Criterion.Before;
import chat.parley.search.history.language.Criterion.Beginning;
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
import chat.parley.search.history.language.ParsedQuery.Condition;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Translates a parsed query to Elasticsearch. */
public final class QueryTranslator {
    private final ParsedQuery query;
    private final ZoneId zone;
    private final Function<Person, UserId> people;

    private QueryTranslator(ParsedQuery query, Function<Person, UserId> people) {
        this.query = query;
        this.zone = query.zone();
        this.people = people;
    }

    /** @param people resolves names to users */
    public static Query of(ParsedQuery query, Function<Person, UserId> people) {
        if (query.conditions().isEmpty()) {
            return query.text().isEmpty() ? Query.of(any -> any.matchAll(all -> all)) : quotation(query);
        }
        Query meant = new QueryTranslator(query, people).meant();
        return query.mayBeQuoted()
                ? Query.of(any -> any.bool(
                        bool -> bool.minimumShouldMatch("1").should(meant).should(TextQueries.quotation(query.text()))))
                : meant;
    }

    /** Matches the text of the query literally. */
    public static Query quotation(ParsedQuery query) {
        return query.mayBeQuoted() ? TextQueries.quotation(query.text()) : Query.of(any -> any.matchAll(all -> all));
    }

    private Query meant() {
        BoolQuery.Builder bool = new BoolQuery.Builder();
        for (Condition condition : query.conditions()) {
            if (condition.excluded()) {
                bool.mustNot(excluded(condition.criterion()));
            } else if (!isAlternative(condition.criterion())) {
                add(bool, condition.criterion());
            }
        }
        oneOf(
                bool,
                Fields.SENDER,
                query.wanted(From.class).map(from -> people.apply(from.person()).value()));
        oneOf(
                bool,
                Fields.CONVERSATION,
                query.wanted(In.class).map(in -> in.conversation().value()));
        oneOf(bool, Fields.END, query.wanted(Was.class).map(was -> was.end().term()));
        String words = query.wanted(Word.class).map(Word::text).collect(Collectors.joining(" "));
        if (!words.isEmpty()) {
            bool.should(TextQueries.asWritten(words));
        }
        return bool.build()._toQuery();
    }

    private Query excluded(Criterion criterion) {
        return criterion instanceof Word(String text) ? TextQueries.excludedWord(text) : holds(criterion);
    }

    /** Whether a message has exactly one value for this criterion, so that several of them are alternatives. */
    private static boolean isAlternative(Criterion criterion) {
        return criterion instanceof From || criterion instanceof In || criterion instanceof Was;
    }

    /** Only criteria on the text contribute to the score; the others filter. */
    private void add(BoolQuery.Builder bool, Criterion criterion) {
        if (criterion instanceof Word(String text) && TextQueries.isFiller(text) && isAboutMoreThanFillers()) {
            bool.should(holds(criterion));
        } else if (criterion instanceof Word || criterion instanceof Phrase) {
            bool.must(holds(criterion));
        } else {
            bool.filter(holds(criterion));
        }
    }

    private boolean isAboutMoreThanFillers() {
        return query.wanted(Phrase.class).findAny().isPresent()
                || query.wanted(Word.class).anyMatch(word -> !TextQueries.isFiller(word.text()));
    }

    private static void oneOf(BoolQuery.Builder bool, String field, Stream<String> values) {
        List<FieldValue> terms = values.map(FieldValue::of).toList();
        if (!terms.isEmpty()) {
            bool.filter(Query.of(query -> query.terms(any -> any.field(field).terms(each -> each.value(terms)))));
        }
    }

    private Query holds(Criterion criterion) {
        return switch (criterion) {
            case Word(String text) -> TextQueries.word(text);
            case Phrase(String text) -> TextQueries.phrase(text);
            case Beginning(String text) -> TextQueries.beginning(text);
            case From(Person person) -> term(Fields.SENDER, people.apply(person).value());
            case In in -> term(Fields.CONVERSATION, in.conversation().value());
            case Mentions(Person person) ->
                term(Fields.MENTIONS, people.apply(person).value());
            case Before(When when) -> before(Fields.AT, TimeExpressions.start(when, zone));
            case After(When when) -> notBefore(Fields.AT, TimeExpressions.end(when, zone));
            case On on -> on(new When.Day(on.day()));
            case HasLink() ->
                Query.of(query -> query.term(term -> term.field(Fields.LINK).value(true)));
            case Was was -> term(Fields.END, was.end().term());
            case AsOf(When when) -> stoodAt(TimeExpressions.end(when, zone).minusMillis(1));
        };
    }

    private Query on(When day) {
        return Query.of(query -> query.bool(bool -> bool.filter(
                notBefore(Fields.AT, TimeExpressions.start(day, zone)),
                before(Fields.AT, TimeExpressions.end(day, zone)))));
    }

    private static Query stoodAt(Instant moment) {
        Query ended = before(Fields.UNTIL, moment.plusMillis(1));
        return Query.of(query -> query.bool(
                bool -> bool.filter(before(Fields.SINCE, moment.plusMillis(1))).mustNot(ended)));
    }

    public static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    public static Query before(String field, Instant moment) {
        return Query.of(query -> query.range(range -> range.untyped(times ->
                times.field(field).lt(JsonData.of(moment.toEpochMilli())).format("epoch_millis"))));
    }

    public static Query notBefore(String field, Instant moment) {
        return Query.of(query -> query.range(range -> range.untyped(times ->
                times.field(field).gte(JsonData.of(moment.toEpochMilli())).format("epoch_millis"))));
    }
}
