package chat.parley.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusingAQueryTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "😀", "\"", "from:", "회", " "})
    void tenThousandCharactersAreTooLong(String character) {
        assertThat(refused(character.repeat(10_000)).refusal()).isEqualTo(Refusal.QUERY_TOO_LONG);
    }

    @Test
    void aThousandAreNot() {
        assertThat(QueryParser.parse("😀".repeat(1_000), ZoneOffset.UTC).conditions())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "\" | The quotation mark at character 1 has no partner",
                "😀 \"b | The quotation mark at character 3 has no partner",
                "\"a\" 5\" nails | The quotation mark at character 6 has no partner",
                "from: bob | from: at character 1 needs a value, without a space before it",
                "a -from:\"\" | from: at character 3 needs a value, without a space before it",
                "in:a/b | in: at character 1 takes the id of a conversation",
                "has:teeth | has: at character 1 knows link",
                "was:there | was: at character 1 knows edited and retracted",
                "x -was:edited | was: at character 3 cannot be excluded",
                "-as-of:2026-11-21 | as-of: at character 1 cannot be excluded",
                "as-of:2026-11-21 as-of:2026-11-22 | One as-of: is enough",
                "on:2026-11-21T10:00 | on: at character 1 takes a day",
                "... ?! -- | There is nothing in this that can be searched for",
                "\"\" | There is nothing in this that can be searched for"
            })
    void itIsSaidWhereAndWhy(String query, String detail) {
        Refused refused = refused(query);
        assertThat(refused.refusal()).isEqualTo(Refusal.QUERY_INVALID);
        assertThat(refused.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31",
                "3000-01-01",
                "2026-02-30",
                "+999999999-12-31",
                "-0001-01-01",
                "0000-00-00",
                "yesterday",
                "20261121",
                "2026-11-21T25:00",
                "1969-12-31T23:59:59Z",
                "+1000000000-01-01T00:00:00Z",
                "2026-11-21T10:00+19:00",
                "99999999999999999999"
            })
    void datesOutOfRangeAreRefused(String date) {
        for (String operator : new String[] {"before:", "after:", "on:", "as-of:"}) {
            Refused refused = refused(operator + date);
            assertThat(refused.refusal()).isEqualTo(Refusal.QUERY_INVALID);
            assertThat(refused.detail())
                    .startsWith(operator + " at character 1 takes a day")
                    .doesNotContain(date);
        }
    }

    @Test
    void thirtyThreeTermsAreTooMany() {
        assertThat(QueryParser.parse("a ".repeat(32), ZoneOffset.UTC).conditions())
                .hasSize(32);
        assertThat(refused("a ".repeat(33)).detail()).isEqualTo("A query has at most 32 terms");
    }

    @Test
    void aTrapForPatternsIsOrdinaryText() {
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
