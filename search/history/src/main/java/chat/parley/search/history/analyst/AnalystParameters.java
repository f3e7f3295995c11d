package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.history.query.SearchOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Query parameters of the analyst endpoints. */
final class AnalystParameters {
    /** Selects the whole history, which requires the analyst role. */
    static final String SCOPE = "all";

    private AnalystParameters() {}

    static SearchOrder order(String sort) {
        return named(SearchOrder.values(), "sort", sort);
    }

    static <E extends Enum<E>> E named(E[] values, String parameter, String name) {
        return Arrays.stream(values)
                .filter(value -> nameOf(value).equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        Refusal.INVALID_PARAMETER,
                        parameter + " is one of "
                                + Arrays.stream(values)
                                        .map(AnalystParameters::nameOf)
                                        .collect(Collectors.joining(", "))));
    }

    static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
