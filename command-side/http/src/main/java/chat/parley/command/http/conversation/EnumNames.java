package chat.parley.command.http.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.Locale;

/** Enums as JSON and URLs name them: lower case with hyphens. */
public final class EnumNames {
    private EnumNames() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static <E extends Enum<E>> E parse(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(name)) {
                return constant;
            }
        }
        throw new Refused(Refusal.INVALID_PARAMETER);
    }
}
