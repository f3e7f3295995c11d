package chat.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.notifications.delivery.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "' 120 ', 120", "'Sat, 21 Nov 2026 09:31:00 GMT', 60", "'Sat, 21 Nov 2026 09:00:00 GMT', 0"})
    void isSecondsOrADate(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-5", "soon", "99999999999999999999", "1.5"})
    void isNullForAnyOtherValue(@Nullable String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }
}
