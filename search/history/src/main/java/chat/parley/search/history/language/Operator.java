package chat.parley.search.history.language;

import chat.parley.api.KebabCase;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words with a meaning before a colon; all others are plain text. */
public enum Operator {
    FROM,
    IN,
    MENTIONS,
    BEFORE,
    AFTER,
    ON,
    HAS,
    WAS,
    AS_OF;

    /** The only value of {@link #HAS}. */
    static final String LINK = "link";

    public static final char COLON = ':';

    private static final Map<String, Operator> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Operator::operatorName, Function.identity()));

    public static Optional<Operator> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    public String operatorName() {
        return KebabCase.of(this);
    }
}
