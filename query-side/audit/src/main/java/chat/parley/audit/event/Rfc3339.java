package chat.parley.audit.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times in parameters. */
public final class Rfc3339 {
    private static final int LAST_YEAR = 9999;

    private Rfc3339() {}

    /** The moment of a time with a zone, of the years 0 to 9999, which alone RFC 3339 has; empty if it is none. */
    public static Optional<Instant> parse(String written) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(written);
            return time.getYear() < 0 || time.getYear() > LAST_YEAR ? Optional.empty() : Optional.of(time.toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
