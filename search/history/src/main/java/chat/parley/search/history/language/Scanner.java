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
final class Scanner {
    private static final char NOT = '-';

    private final int[] query;
    private int next;

    Scanner(String query) {
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
        while (!isAtEnd() && Characters.isBlank(query[next])) {
            next++;
        }
    }

    /** Whether a term may begin here, rather than the rest of one that has begun. */
    boolean isAtBoundary() {
        return next == 0 || Characters.isBlank(query[next - 1]);
    }

    /**
     * Goes past a {@code -} that excludes what follows: before a letter, an emoji, a name or a phrase. Before a digit or
     * another sign it is text ({@code -40}, {@code --force}, {@code ->}).
     */
    boolean skipNot() {
        if (query[next] != NOT || next + 1 == query.length) {
            return false;
        }
        int following = query[next + 1];
        boolean excludes = Character.isLetter(following)
                || Characters.isEmoji(following)
                || following == '@'
                || following == '#'
                || following == '_'
                || closing(next + 1) > 0;
        if (excludes) {
            next++;
        }
        return excludes;
    }

    /** Goes past an operator and its colon. */
    Optional<Operator> operator() {
        int colon = next;
        while (colon < query.length && query[colon] != Operator.COLON && !Characters.isBlank(query[colon])) {
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

    /** Goes past a phrase, if one begins here, and has what is between its quotation marks. */
    Optional<String> phrase() {
        int closing = closing(next);
        if (closing < 0) {
            return Optional.empty();
        }
        String phrase = Characters.normalised(text(next + 1, closing));
        next = closing + 1;
        return Optional.of(phrase);
    }

    /** Where the phrase ends that begins there; -1 where none does. */
    private int closing(int opening) {
        if (opening >= query.length || !Characters.isQuote(query[opening])) {
            return -1;
        }
        boolean empty = true;
        for (int i = opening + 1; i < query.length; i++) {
            if (!Characters.isQuote(query[i])) {
                empty &= Characters.isBlank(query[i]);
            } else if (i + 1 == query.length || !Characters.isOfAWord(query[i + 1])) {
                return empty ? -1 : i;
            }
        }
        return -1;
    }

    /** As {@link #word}, but empty where that begins with a quotation mark. */
    Optional<String> unquoted() {
        return isAtEnd() || Characters.isQuote(query[next]) ? Optional.empty() : Optional.of(word());
    }

    String word() {
        int start = next;
        while (!isAtEnd() && !Characters.isBlank(query[next])) {
            next++;
        }
        return text(start, next);
    }

    private String text(int from, int to) {
        return new String(query, from, to - from);
    }
}
