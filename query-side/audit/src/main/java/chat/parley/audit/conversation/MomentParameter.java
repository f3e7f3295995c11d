package chat.parley.audit.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.audit.Moment;
import chat.parley.audit.event.Rfc3339;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A moment as a parameter of a request. */
final class MomentParameter {
    private static final Pattern POSITION = Pattern.compile("[1-9][0-9]{0,17}");

    private MomentParameter() {}

    /** @throws Refused {@link Refusal#INVALID_PARAMETER} unless this is a position or a time of RFC 3339 with a zone */
    static Moment parse(String parameter, @Nullable String written) {
        if (written == null) {
            return Moment.NOW;
        }
        if (POSITION.matcher(written).matches()) {
            return Moment.after(Long.parseLong(written));
        }
        return Rfc3339.parse(written)
                .map(Moment::at)
                .orElseThrow(() -> new Refused(
                        Refusal.INVALID_PARAMETER,
                        parameter + " is a position from 1, or a time of RFC 3339 such as 2026-11-29T09:30:00Z"));
    }
}
