package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.history.language.QueryParser;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusingAQueryTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "😀", "\"", "from:", "회", " "})
    void tenThousandCharactersAreTooLong(String character) {
        assertThat(refused(character.repeat(10_000)).refusal()).isEqualTo(Refusal.QUERY_TOO_LONG);
    }

    @Test
    void aThousandCharactersAreNotTooLong() {
        assertThat(QueryParser.parse("😀".repeat(1_000), ZoneOffset.UTC).conditions())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b", "\u0000", "\ufe0f", "\u0301 \u200d"})
    void aQueryWithoutVisibleCharactersIsRefused(String query) {
        assertThat(refused(query).refusal()).isEqualTo(Refusal.QUERY_INVALID);
        assertThat(refused(query).detail()).isEqualTo("The query contains nothing that can be searched for");
    }

    @Test
    void aTextThatCausesBacktrackingIsParsed() {
        String trap = "/(a+)+$/ " + "*?".repeat(200) + " (((((((((( ~~~~ \\\\\\\\ a{1,1000000}";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(1), () -> QueryParser.parse(trap.repeat(2), ZoneOffset.UTC));
    }

    private static Refused refused(String query) {
        Refused refused = catchThrowableOfType(Refused.class, () -> QueryParser.parse(query, ZoneOffset.UTC));
        assertThat(refused).as(query).isNotNull();
        return refused;
    }
}
