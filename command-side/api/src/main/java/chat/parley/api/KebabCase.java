package chat.parley.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Names enum constants as JSON and URLs do: {@code SINCE_JOINED} is {@code since-joined}. */
public final class KebabCase {
    private KebabCase() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant with this name, or empty if there is none. */
    public static <E extends Enum<E>> Optional<E> parse(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(name))
                .findFirst();
    }
}
