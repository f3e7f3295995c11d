package chat.parley.query.http;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import org.jspecify.annotations.Nullable;

/** Holds parameters to their ranges: what is out of it is refused, never quietly corrected. */
public final class Parameters {
    private Parameters() {}

    public static int within(int least, int value, int most) {
        require(least <= value && value <= most);
        return value;
    }

    public static void atLeast(long least, @Nullable Long value) {
        require(value == null || value >= least);
    }

    public static void require(boolean isFine) {
        if (!isFine) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
    }
}
