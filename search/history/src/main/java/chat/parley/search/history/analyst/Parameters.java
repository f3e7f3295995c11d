package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.history.query.Order;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Query parameters of what only analysts do. */
final class Parameters {
    /** The whole history, which is refused to everybody else. */
    static final String SCOPE = "all";

    private Parameters() {}

    static Order order(String sort) {
        return named(Order.values(), "sort", sort);
    }

    static <E extends Enum<E>> E named(E[] values, String parameter, String name) {
        return Arrays.stream(values)
                .filter(value -> nameOf(value).equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        Refusal.INVALID_PARAMETER,
                        parameter + " is one of "
                                + Arrays.stream(values).map(Parameters::nameOf).collect(Collectors.joining(", "))));
    }

    static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
