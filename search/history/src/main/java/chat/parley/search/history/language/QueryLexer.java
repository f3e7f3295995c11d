package chat.parley.search.history.language;

import java.util.Optional;

/**
 * Goes through a normalised query, in which blanks are single spaces.
 *
 * <pre>{@code
 * word     = a run of what is not blank
 * phrase   = quote { any } quote, which begins where a word may begin, has something in it, and ends before a blank,
 *            before a sign or with the query
 * }</pre>
 */
final class QueryLexer {
    private static final char NOT = '-';

    private final int[] query;
    private int next;

    QueryLexer(String query) {
        this.query = query.codePoints().toArray();
    }

    boolean isAtEnd() {
        return next == query.length;
    }

    int place() {
        return next;
    }

    void goTo(int place) {
        next = place;
    }

    void skipBlanks() {
        while (!isAtEnd() && CharacterClasses.isBlank(query[next])) {
            next++;
        }
    }

    /** Whether a term may begin here. */
    boolean isAtBoundary() {
        return next == 0 || CharacterClasses.isBlank(query[next - 1]);
    }

    /**
     * Skips a {@code -} that excludes the following term: before a letter, an emoji, a name or a phrase. Before a digit
     * or another sign it is text ({@code -40}, {@code --force}, {@code ->}).
     */
    boolean skipNot() {
        if (query[next] != NOT || next + 1 == query.length) {
            return false;
        }
        int following = query[next + 1];
        boolean excludes = Character.isLetter(following)
                || CharacterClasses.isEmoji(following)
                || following == '@'
                || following == '#'
                || following == '_'
                || closing(next + 1) > 0;
        if (excludes) {
            next++;
        }
        return excludes;
    }

    /** Consumes an operator and its colon. */
    Optional<Operator> operator() {
        int colon = next;
        while (colon < query.length && query[colon] != Operator.COLON && !CharacterClasses.isBlank(query[colon])) {
            colon++;
        }
        if (colon == query.length || query[colon] != Operator.COLON) {
            return Optional.empty();
        }
        Optional<Operator> named = Operator.named(text(next, colon));
        if (named.isPresent()) {
            next = colon + 1;
        }
        return named;
    }

    /** Consumes a phrase, if one begins here, and returns the text between its quotation marks. */
    Optional<String> phrase() {
        int closing = closing(next);
        if (closing < 0) {
            return Optional.empty();
        }
        String phrase = CharacterClasses.normalised(text(next + 1, closing));
        next = closing + 1;
        return Optional.of(phrase);
    }

    /** The end of the phrase that begins there; -1 if there is none. */
    private int closing(int opening) {
        if (opening >= query.length || !CharacterClasses.isQuote(query[opening])) {
            return -1;
        }
        boolean empty = true;
        for (int i = opening + 1; i < query.length; i++) {
            if (!CharacterClasses.isQuote(query[i])) {
                empty &= CharacterClasses.isBlank(query[i]);
            } else if (i + 1 == query.length || !CharacterClasses.isOfAWord(query[i + 1])) {
                return empty ? -1 : i;
            }
        }
        return -1;
    }

    /** Like {@link #word}, but empty if it begins with a quotation mark. */
    Optional<String> unquoted() {
        return isAtEnd() || CharacterClasses.isQuote(query[next]) ? Optional.empty() : Optional.of(word());
    }

    String word() {
        int start = next;
        while (!isAtEnd() && !CharacterClasses.isBlank(query[next])) {
            next++;
        }
        return text(start, next);
    }

    private String text(int from, int to) {
        return new String(query, from, to - from);
    }
}
