package chat.parley.audit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.StoredEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The events 0 to 3 are of 2028-02-28, 2028-02-29 (a leap day), 2028-03-01 and 2028-03-02, each at midnight in UTC. */
class ChoosingARangeTest {
    private static final List<Long> ALL = List.of(0L, 1L, 2L, 3L);

    private final StoredEvents events = new StoredEvents();

    @BeforeEach
    void storeEvents() {
        Instant first = Instant.parse("2028-02-28T00:00:00Z");
        for (int day = 0; day < 4; day++) {
            RawEvent event = StoredEvents.entry(day, "club", day, "{\"by\":\"ann\"}");
            events.append(new RawEvent(
                    event.index(),
                    event.id(),
                    event.aggregateType(),
                    event.aggregate(),
                    event.sequence(),
                    first.plusSeconds(86_400L * day).toEpochMilli(),
                    event.type(),
                    event.revision(),
                    event.payload(),
                    event.metadata()));
        }
    }

    private static EventQuery query(
            @Nullable Long after, @Nullable Long through, @Nullable String from, @Nullable String to) {
        return new EventQuery("case", after, through, from, to, null, null, null, null, null);
    }

    private List<Long> chosen(EventQuery query) throws Exception {
        List<Long> indexes = new ArrayList<>();
        events.selector().forEach(EventRange.of(events, query), query.filter(), event -> indexes.add(event.index()));
        return indexes;
    }

    private void isRefused(EventQuery query) {
        assertThatThrownBy(() -> EventRange.of(events, query))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.INVALID_PARAMETER));
    }

    @Test
    void everythingIsChosenByNothing() throws Exception {
        assertThat(chosen(query(null, null, null, null))).isEqualTo(ALL);
        assertThat(chosen(query(-1L, 3L, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")))
                .isEqualTo(ALL);
    }

    @Test
    void nothingIsChosenOfAnEmptyRange() throws Exception {
        assertThat(chosen(query(3L, null, null, null))).isEmpty();
        assertThat(chosen(query(2L, 2L, null, null))).isEmpty();
        assertThat(chosen(query(null, null, "2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z")))
                .isEmpty();
        assertThat(chosen(query(2L, null, null, "2028-02-29T00:00:00Z"))).isEmpty();
    }

    @Test
    void nothingIsChosenOfAnEmptyStore() throws Exception {
        events.truncate(0);
        assertThat(chosen(query(null, null, null, null))).isEmpty();
        assertThat(chosen(query(-1L, null, "2028-02-29T00:00:00Z", null))).isEmpty();
        isRefused(query(0L, null, null, null));
    }

    @Test
    void timesBeforeTheFirstAndAfterTheLastEventChooseNothingOrAll() throws Exception {
        assertThat(chosen(query(null, null, null, "1969-12-31T23:59:59Z"))).isEmpty();
        assertThat(chosen(query(null, null, "1969-12-31T23:59:59Z", null))).isEqualTo(ALL);
        assertThat(chosen(query(null, null, "2999-01-01T00:00:00Z", null))).isEmpty();
        assertThat(chosen(query(null, null, null, "2999-01-01T00:00:00Z"))).isEqualTo(ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "2028-02-29T00:00:00Z, 1",
        "2028-02-29T09:00:00+09:00, 1",
        "2028-02-28T23:59:59.999999999Z, 1",
        "2028-02-28T12:00:00-12:00, 1",
        "2028-02-29T18:00:00+18:00, 1",
        "2028-02-29T00:00:00.001Z, 2",
        "2028-03-01T00:00:00Z, 2"
    })
    void aTimeIsThatOfItsZone(String from, long first) throws Exception {
        assertThat(chosen(query(null, null, from, null)).getFirst()).isEqualTo(first);
    }

    @Test
    void reversedRangesAndIndexesBeyondTheHeadAreRefused() {
        isRefused(query(3L, 2L, null, null));
        isRefused(query(null, null, "2028-03-01T00:00:00Z", "2028-02-29T23:59:59Z"));
        isRefused(query(4L, null, null, null));
        isRefused(query(-2L, null, null, null));
        isRefused(query(null, 4L, null, null));
        isRefused(query(null, -1L, null, null));
        isRefused(query(Long.MAX_VALUE, null, null, null));
        isRefused(query(null, Long.MIN_VALUE, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2028-02-29",
                "2028-02-29T00:00:00",
                "2027-02-29T00:00:00Z",
                "2100-02-29T00:00:00Z",
                "2028-02-30T00:00:00Z",
                "2028-02-29T24:00:01Z",
                "2028-02-29T00:00:61Z",
                "2028-02-29T00:00:00+19:00",
                "2028-02-29T00:00:00[Asia/Seoul]",
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "-0001-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00Z",
                "1830384000000"
            })
    void whatIsNoTimeIsRefused(String moment) {
        isRefused(query(null, null, moment, null));
        isRefused(query(null, null, null, moment));
    }
}
