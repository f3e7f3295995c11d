package chat.parley.search.query;

import chat.parley.api.ConversationId;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.index.PastEnd;
import chat.parley.search.query.Criterion.After;
import chat.parley.search.query.Criterion.AsOf;
import chat.parley.search.query.Criterion.Before;
import chat.parley.search.query.Criterion.From;
import chat.parley.search.query.Criterion.HasLink;
import chat.parley.search.query.Criterion.In;
import chat.parley.search.query.Criterion.Mentions;
import chat.parley.search.query.Criterion.On;
import chat.parley.search.query.Criterion.Person;
import chat.parley.search.query.Criterion.Phrase;
import chat.parley.search.query.Criterion.Was;
import chat.parley.search.query.Criterion.When;
import chat.parley.search.query.Criterion.Word;
import chat.parley.search.query.ParsedQuery.Condition;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Understands the query language: {@code words}, {@code "exact phrases"}, {@code from:}, {@code in:},
 * {@code mentions:}, {@code before:}, {@code after:}, {@code on:}, {@code has:link}, {@code was:edited},
 * {@code was:retracted} and {@code as-of:}. A {@code -} before a term excludes what has it. Everything else is plain
 * text; what the index knows nothing of, such as punctuation alone, is left out.
 */
public final class QueryParser {
    /** In code points. */
    public static final int MOST_CHARACTERS = 1_000;

    private static final int MOST_TERMS = 32;

    private final ZoneId zone;

    private QueryParser(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param zone where the days of the query begin
     * @throws Refused {@link Refusal#QUERY_TOO_LONG}, or {@link Refusal#QUERY_INVALID} with a detail that says where and
     *                 why and shows nothing of the query
     */
    public static ParsedQuery parse(String query, ZoneId zone) {
        if (query.codePointCount(0, query.length()) > MOST_CHARACTERS) {
            throw new Refused(Refusal.QUERY_TOO_LONG);
        }
        List<Token> tokens = Tokenizer.tokens(query);
        if (tokens.size() > MOST_TERMS) {
            throw invalid("A query has at most " + MOST_TERMS + " terms");
        }
        QueryParser parser = new QueryParser(zone);
        ParsedQuery parsed = new ParsedQuery(
                tokens.stream().map(parser::condition).flatMap(Optional::stream).toList(), zone);
        if (parsed.conditions().isEmpty() && !tokens.isEmpty()) {
            throw invalid("There is nothing in this that can be searched for");
        }
        if (parsed.wanted(AsOf.class).count() > 1) {
            throw invalid("One as-of: is enough");
        }
        return parsed;
    }

    /** Empty for text that the index knows nothing of. */
    private Optional<Condition> condition(Token token) {
        Operator operator = token.operator();
        if (operator != null) {
            return Optional.of(new Condition(token.negated(), criterion(operator, token)));
        }
        String text = Characters.normalised(token.value());
        return Characters.isSearchable(text)
                ? Optional.of(new Condition(token.negated(), token.quoted() ? new Phrase(text) : new Word(text)))
                : Optional.empty();
    }

    private Criterion criterion(Operator operator, Token token) {
        return switch (operator) {
            case FROM -> new From(new Person(token.value()));
            case IN -> new In(conversation(operator, token));
            case MENTIONS -> new Mentions(new Person(token.value()));
            case BEFORE -> new Before(when(operator, token));
            case AFTER -> new After(when(operator, token));
            case ON -> new On(day(operator, token));
            case HAS -> hasLink(operator, token);
            case WAS -> new Was(end(operator, wanted(operator, token)));
            case AS_OF -> new AsOf(when(operator, wanted(operator, token)));
        };
    }

    private static Token wanted(Operator operator, Token token) {
        if (token.negated()) {
            throw Tokenizer.refused(operator, token.at(), "cannot be excluded");
        }
        return token;
    }

    private static ConversationId conversation(Operator operator, Token token) {
        try {
            return new ConversationId(token.value());
        } catch (Refused malformed) {
            throw Tokenizer.refused(operator, token.at(), "takes the id of a conversation");
        }
    }

    private When when(Operator operator, Token token) {
        return Times.when(token.value(), zone)
                .orElseThrow(() -> Tokenizer.refused(operator, token.at(), "takes " + Times.WHAT_IS_TAKEN));
    }

    private LocalDate day(Operator operator, Token token) {
        if (when(operator, token) instanceof When.Day(LocalDate date)) {
            return date;
        }
        throw Tokenizer.refused(operator, token.at(), "takes a day");
    }

    private static HasLink hasLink(Operator operator, Token token) {
        if (token.value().equalsIgnoreCase(Operator.LINK)) {
            return new HasLink();
        }
        throw Tokenizer.refused(operator, token.at(), "knows " + Operator.LINK);
    }

    private static PastEnd end(Operator operator, Token token) {
        return Arrays.stream(PastEnd.values())
                .filter(end -> end.term().equalsIgnoreCase(token.value()))
                .findFirst()
                .orElseThrow(() -> Tokenizer.refused(operator, token.at(), "knows edited and retracted"));
    }

    private static Refused invalid(String detail) {
        return new Refused(Refusal.QUERY_INVALID, detail);
    }
}
