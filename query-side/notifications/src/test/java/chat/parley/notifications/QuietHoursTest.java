package chat.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.Settings.QuietHours;
import chat.parley.notifications.decision.RecipientSelector;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    /** Seoul is nine hours ahead of UTC. */
    @ParameterizedTest
    @CsvSource({
        "22:00, 07:00, 12:59, false",
        "22:00, 07:00, 13:00, true",
        "22:00, 07:00, 21:59, true",
        "22:00, 07:00, 22:00, false",
        "09:00, 17:00, 00:00, true",
        "09:00, 17:00, 08:00, false"
    })
    void areInTheUsersZoneAndMayPassMidnight(LocalTime from, LocalTime to, String utc, boolean quiet) {
        assertThat(RecipientSelector.isQuiet(
                        new QuietHours(from, to, ZoneId.of("Asia/Seoul")), Instant.parse("2026-11-21T" + utc + ":00Z")))
                .isEqualTo(quiet);
    }
}
