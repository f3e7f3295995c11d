package chat.parley.search.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a query apart.
 *
 * <pre>{@code
 * query    = { blank } { term { blank } }
 * term     = [ "-" ] ( phrase | operator ":" ( phrase | word ) | word )
 * phrase   = quote { not a quote } quote
 * word     = a run of what is neither blank nor quote
 * operator = one of Operator, in any letter case
 * }</pre>
 */
final class Tokenizer {
    private static final char NOT = '-';

    private final int[] query;
    private int next;

    private Tokenizer(String query) {
        this.query = query.codePoints().toArray();
    }

    /** @throws Refused {@link Refusal#QUERY_INVALID} where a quotation mark has no partner, or an operator no value */
    static List<Token> tokens(String query) {
        Tokenizer tokenizer = new Tokenizer(query);
        List<Token> tokens = new ArrayList<>();
        tokenizer.skipBlanks();
        while (!tokenizer.isAtEnd()) {
            tokens.add(tokenizer.term());
            tokenizer.skipBlanks();
        }
        return tokens;
    }

    private Token term() {
        int at = next + 1;
        boolean negated = query[next] == NOT && next + 1 < query.length && !Characters.isBlank(query[next + 1]);
        if (negated) {
            next++;
        }
        if (isAtQuote()) {
            return new Token(at, negated, null, phrase(), true);
        }
        String word = word();
        int colon = word.indexOf(Operator.COLON);
        Optional<Operator> operator = colon < 0 ? Optional.empty() : Operator.named(word.substring(0, colon));
        return operator.map(known -> operation(at, negated, known, word.substring(colon + 1)))
                .orElseGet(() -> new Token(at, negated, null, word, false));
    }

    private Token operation(int at, boolean negated, Operator operator, String rest) {
        boolean quoted = rest.isEmpty() && isAtQuote();
        String value = Characters.normalised(quoted ? phrase() : rest);
        if (value.isEmpty()) {
            throw refused(operator, at, "needs a value, without a space before it");
        }
        return new Token(at, negated, operator, value, quoted);
    }

    private String phrase() {
        int opening = next++;
        while (!isAtEnd() && !isAtQuote()) {
            next++;
        }
        if (isAtEnd()) {
            throw new Refused(
                    Refusal.QUERY_INVALID, "The quotation mark at character " + (opening + 1) + " has no partner");
        }
        return text(opening + 1, next++);
    }

    private String word() {
        int start = next;
        while (!isAtEnd() && !isAtQuote() && !Characters.isBlank(query[next])) {
            next++;
        }
        return text(start, next);
    }

    private void skipBlanks() {
        while (!isAtEnd() && Characters.isBlank(query[next])) {
            next++;
        }
    }

    private String text(int from, int to) {
        return new String(query, from, to - from);
    }

    private boolean isAtEnd() {
        return next == query.length;
    }

    private boolean isAtQuote() {
        return !isAtEnd() && Characters.isQuote(query[next]);
    }

    /** @param why what is wrong with the value, which is never shown */
    static Refused refused(Operator operator, int at, String why) {
        return new Refused(
                Refusal.QUERY_INVALID, operator.operatorName() + Operator.COLON + " at character " + at + " " + why);
    }
}
