package chat.parley.web;

import chat.parley.api.KebabCase;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the parameters of requests. A value out of range is refused, never corrected. */
public final class RequestParameters {
    private RequestParameters() {}

    public static int within(int least, int value, int most) {
        require(least <= value && value <= most);
        return value;
    }

    public static void atLeast(long least, @Nullable Long value) {
        require(value == null || value >= least);
    }

    /** @throws Refused {@link Refusal#INVALID_PARAMETER} unless the condition holds */
    public static void require(boolean condition) {
        if (!condition) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
    }

    /**
     * The reason that a request states. The command that records it checks its form.
     *
     * @throws Refused {@link Refusal#REASON_REQUIRED} if there is none
     */
    public static String reason(@Nullable String stated) {
        if (stated == null || stated.isBlank()) {
            throw new Refused(Refusal.REASON_REQUIRED);
        }
        return stated;
    }

    /** @throws Refused {@link Refusal#INVALID_PARAMETER} if no constant has this name */
    public static <E extends Enum<E>> E parse(Class<E> type, String name) {
        return KebabCase.parse(type, name).orElseThrow(() -> new Refused(Refusal.INVALID_PARAMETER));
    }

    /** Like {@link #parse(Class, String)}; the refusal names the parameter and lists its values. */
    public static <E extends Enum<E>> E parse(Class<E> type, String parameter, String name) {
        return KebabCase.parse(type, name)
                .orElseThrow(() -> new Refused(
                        Refusal.INVALID_PARAMETER,
                        parameter + " is one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(KebabCase::of)
                                        .collect(Collectors.joining(", "))));
    }
}
