package chat.parley.search.history.query;

import chat.parley.search.history.document.Fields;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Counts hits by conversation, sender and interval. This takes two requests, because the length of the intervals
 * depends on the first and the last hit.
 */
final class FacetCounts {
    private static final int MOST_VALUES = 20;

    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String TIMES = "times";

    /** Aggregations of the first request. */
    static final Map<String, Aggregation> COUNTED = Map.of(
            Fields.CONVERSATION,
            values(Fields.CONVERSATION),
            Fields.SENDER,
            values(Fields.SENDER),
            FIRST,
            Aggregation.of(counted -> counted.min(min -> min.field(Fields.AT))),
            LAST,
            Aggregation.of(counted -> counted.max(max -> max.field(Fields.AT))));

    private final Map<String, Aggregate> counted;
    private final Interval interval;

    private FacetCounts(Map<String, Aggregate> counted, Interval interval) {
        this.counted = counted;
        this.interval = interval;
    }

    private static Aggregation values(String field) {
        return Aggregation.of(
                counted -> counted.terms(terms -> terms.field(field).size(MOST_VALUES)));
    }

    static FacetCounts of(Map<String, Aggregate> counted) {
        Double first = get(counted, FIRST).min().value();
        Double last = get(counted, LAST).max().value();
        Duration between = first == null || last == null || first > last
                ? Duration.ZERO
                : Duration.ofMillis((long) (last - first));
        return new FacetCounts(counted, Interval.dividing(between));
    }

    /** Aggregations of the second request. */
    Map<String, Aggregation> times(ZoneId zone) {
        return Map.of(
                TIMES,
                Aggregation.of(counted -> counted.dateHistogram(times -> times.field(Fields.AT)
                        .calendarInterval(interval.calendar())
                        .timeZone(zone.getId())
                        .minDocCount(1))));
    }

    Page.Facets with(Map<String, Aggregate> times) {
        return new Page.Facets(
                counts(Fields.CONVERSATION),
                counts(Fields.SENDER),
                interval,
                get(times, TIMES).dateHistogram().buckets().array().stream()
                        .map(bucket -> new Page.TimeCount(Instant.ofEpochMilli(bucket.key()), bucket.docCount()))
                        .toList());
    }

    private List<Page.Count> counts(String field) {
        return get(counted, field).sterms().buckets().array().stream()
                .map(bucket -> new Page.Count(bucket.key().stringValue(), bucket.docCount()))
                .toList();
    }

    private static Aggregate get(Map<String, Aggregate> aggregates, String name) {
        return Objects.requireNonNull(aggregates.get(name));
    }
}
