package chat.parley.search.history.language;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.text.TextRules;
import chat.parley.search.history.document.TextEnd;
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
import chat.parley.search.history.language.ParsedQuery.Condition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Parses the query language: {@code words}, {@code "exact phrases"}, {@code from:}, {@code in:}, {@code mentions:},
 * {@code before:}, {@code after:}, {@code on:}, {@code has:link}, {@code was:edited}, {@code was:retracted} and {@code
 * as-of:}. A {@code -} before a term excludes its matches.
 *
 * <p>Every text is a valid query. An operator is recognised only at the beginning of a term and with a valid value;
 * anything else is text. Signs alone ({@code -}, {@code :)}, {@code >>}) are no words, but messages that contain the
 * whole query literally are always found.
 */
public final class QueryParser {
    /** In code points. */
    public static final int MOST_CHARACTERS = 1_000;

    /** A text of more terms is only searched literally. */
    static final int MOST_TERMS = 32;

    private final QueryLexer scanner;
    private final ZoneId zone;

    private QueryParser(String query, ZoneId zone) {
        this.scanner = new QueryLexer(query);
        this.zone = zone;
    }

    /**
     * @param zone time zone of the query's days
     * @throws Refused {@link Refusal#QUERY_TOO_LONG}, or {@link Refusal#QUERY_INVALID} if the query has no visible
     * character
     */
    public static ParsedQuery parse(String query, ZoneId zone) {
        if (query.codePointCount(0, query.length()) > MOST_CHARACTERS) {
            throw new Refused(Refusal.QUERY_TOO_LONG);
        }
        String text = CharacterClasses.normalised(query);
        if (TextRules.isBlank(text)) {
            throw new Refused(Refusal.QUERY_INVALID, "The query contains nothing that can be searched for");
        }
        List<Condition> conditions = new QueryParser(text, zone).conditions();
        return new ParsedQuery(text, conditions.size() > MOST_TERMS ? List.of() : conditions, zone);
    }

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        for (scanner.skipBlanks(); !scanner.isAtEnd(); scanner.skipBlanks()) {
            boolean mayMeanMore = scanner.isAtBoundary();
            boolean excluded = mayMeanMore && scanner.skipNot();
            Optional<Criterion> meant = mayMeanMore ? operation(excluded).or(this::phrase) : Optional.empty();
            meant.or(this::word).ifPresent(criterion -> conditions.add(new Condition(excluded, criterion)));
        }
        return conditions;
    }

    /** Empty, without moving the lexer, unless an operator with a valid value follows. */
    private Optional<Criterion> operation(boolean excluded) {
        int start = scanner.place();
        Optional<Criterion> operation = scanner.operator()
                .flatMap(operator ->
                        scanner.phrase().or(scanner::unquoted).flatMap(value -> criterion(operator, value, excluded)));
        if (operation.isEmpty()) {
            scanner.goTo(start);
        }
        return operation;
    }

    private Optional<Criterion> phrase() {
        return scanner.phrase().map(Phrase::new);
    }

    /** Empty for signs alone. */
    private Optional<Criterion> word() {
        return Optional.of(scanner.word())
                .filter(CharacterClasses::isSearchable)
                .map(Word::new);
    }

    private Optional<Criterion> criterion(Operator operator, String value, boolean excluded) {
        return switch (operator) {
            case FROM -> person(value).map(From::new);
            case IN -> conversation(value).map(In::new);
            case MENTIONS -> person(value).map(Mentions::new);
            case BEFORE -> TimeExpressions.when(value, zone).map(Before::new);
            case AFTER -> TimeExpressions.when(value, zone).map(After::new);
            case ON ->
                TimeExpressions.when(value, zone)
                        .filter(When.Day.class::isInstance)
                        .map(day -> new On(((When.Day) day).date()));
            case HAS -> value.equalsIgnoreCase(Operator.LINK) ? Optional.of(new HasLink()) : Optional.empty();
            case WAS -> excluded ? Optional.empty() : end(value).map(Was::new);
            case AS_OF ->
                excluded ? Optional.empty() : TimeExpressions.when(value, zone).map(AsOf::new);
        };
    }

    private static Optional<Person> person(String value) {
        return Optional.of(new Person(value)).filter(Person::canBe);
    }

    private static Optional<ConversationId> conversation(String value) {
        try {
            return Optional.of(new ConversationId(value));
        } catch (Refused noId) {
            return Optional.empty();
        }
    }

    private static Optional<TextEnd> end(String value) {
        return Arrays.stream(TextEnd.values())
                .filter(end -> end.term().equalsIgnoreCase(value))
                .findFirst();
    }
}
