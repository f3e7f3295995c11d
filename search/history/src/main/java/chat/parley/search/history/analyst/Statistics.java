package chat.parley.search.history.analyst;

import chat.parley.api.KebabCase;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.history.analyst.StatisticsView.Part;
import chat.parley.search.history.analyst.StatisticsView.SenderCounts;
import chat.parley.search.history.analyst.StatisticsView.TermCounts;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.Interval;
import chat.parley.search.history.query.SearchPlan;
import chat.parley.search.history.query.SearchPlanner;
import chat.parley.web.RequestParameters;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.DateHistogramBucket;
import co.elastic.clients.elasticsearch._types.aggregations.FiltersBucket;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationCollectMode;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts the hits of a plan over time: in total, per term, and per sender. */
final class Statistics {
    /** A year of days. Every interval is also counted per sender. */
    static final int MOST_INTERVALS = 400;

    private static final int MOST_SENDERS = 20;

    private static final String AUTO = "auto";

    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String INTERVALS = "intervals";
    private static final String TERMS = "terms";
    private static final String SENDERS = "senders";

    private final SearchPlanner planner;
    private final HistorySearch search;

    Statistics(SearchPlanner planner, HistorySearch search) {
        this.planner = planner;
        this.search = search;
    }

    /** @param as the term as it was written */
    record Term(String as, SearchPlan plan) {}

    /**
     * @param interval the name of an {@link Interval}, or {@code auto} for one that suits the time span
     * @throws Refused {@link Refusal#INVALID_PARAMETER} for too many intervals
     */
    StatisticsView of(SearchPlan plan, List<Term> terms, String interval) {
        String pointInTime = search.open(plan);
        try {
            HistorySearch.Counts span = search.count(
                    plan,
                    pointInTime,
                    Map.of(
                            FIRST,
                            Aggregation.of(counted -> counted.min(min -> min.field(Fields.AT))),
                            LAST,
                            Aggregation.of(counted -> counted.max(max -> max.field(Fields.AT)))));
            Interval each = interval(interval, between(span));
            HistorySearch.Counts counts = search.count(
                    plan,
                    pointInTime,
                    aggregations(plan, terms.stream().map(Term::plan).toList(), each));
            return view(counts, terms, each);
        } finally {
            search.close(pointInTime);
        }
    }

    private static Duration between(HistorySearch.Counts span) {
        Double first = span.of(FIRST).min().value();
        Double last = span.of(LAST).max().value();
        return span.total() == 0 || first == null || last == null
                ? Duration.ZERO
                : Duration.ofMillis((long) (last - first));
    }

    private static Interval interval(String name, Duration time) {
        if (AUTO.equals(name)) {
            return Interval.dividing(time);
        }
        Interval interval = RequestParameters.parse(Interval.class, "interval", name);
        if (interval.mostParts(time) > MOST_INTERVALS) {
            throw new Refused(
                    Refusal.INVALID_PARAMETER,
                    "The time span has more than " + MOST_INTERVALS
                            + " intervals; choose longer intervals or a shorter time");
        }
        return interval;
    }

    private Map<String, Aggregation> aggregations(SearchPlan plan, List<SearchPlan> terms, Interval interval) {
        Map<String, Aggregation> withinIntervals = new HashMap<>();
        if (!terms.isEmpty()) {
            List<Query> filters =
                    terms.stream().map(term -> planner.asked(term).query()).toList();
            withinIntervals.put(
                    TERMS, Aggregation.of(counted -> counted.filters(each -> each.filters(any -> any.array(filters)))));
        }
        String zone = plan.question().zone().getId();
        return Map.of(
                INTERVALS,
                intervals(interval, zone, withinIntervals),
                SENDERS,
                // Intervals are requested only for the senders in the answer.
                Aggregation.of(counted -> counted.terms(values -> values.field(Fields.SENDER)
                                .size(MOST_SENDERS)
                                .collectMode(TermsAggregationCollectMode.BreadthFirst))
                        .aggregations(INTERVALS, intervals(interval, zone, Map.of()))));
    }

    private static Aggregation intervals(Interval interval, String zone, Map<String, Aggregation> within) {
        return Aggregation.of(counted -> counted.dateHistogram(times -> times.field(Fields.AT)
                        .calendarInterval(interval.calendar())
                        .timeZone(zone)
                        .minDocCount(0))
                .aggregations(within));
    }

    private static StatisticsView view(HistorySearch.Counts counts, List<Term> terms, Interval interval) {
        List<DateHistogramBucket> intervals = buckets(counts.of(INTERVALS));
        return new StatisticsView(
                counts.total(),
                KebabCase.of(interval),
                intervals.stream()
                        .map(bucket -> new Part(Instant.ofEpochMilli(bucket.key()), bucket.docCount()))
                        .toList(),
                IntStream.range(0, terms.size())
                        .mapToObj(term -> counts(terms.get(term), term, intervals))
                        .toList(),
                counts.of(SENDERS).sterms().buckets().array().stream()
                        .map(sender -> counts(sender, intervals))
                        .toList());
    }

    private static List<DateHistogramBucket> buckets(@Nullable Aggregate histogram) {
        return Objects.requireNonNull(histogram).dateHistogram().buckets().array();
    }

    private static TermCounts counts(Term term, int number, List<DateHistogramBucket> intervals) {
        List<Long> counts = intervals.stream()
                .map(bucket -> {
                    List<FiltersBucket> ofTerms = Objects.requireNonNull(
                                    bucket.aggregations().get(TERMS))
                            .filters()
                            .buckets()
                            .array();
                    return ofTerms.get(number).docCount();
                })
                .toList();
        return new TermCounts(
                term.as(), counts.stream().mapToLong(Long::longValue).sum(), counts);
    }

    /** Elasticsearch returns a sender's intervals only from the first to the last message; the others are 0. */
    private static SenderCounts counts(StringTermsBucket sender, List<DateHistogramBucket> intervals) {
        Map<Long, Long> own = buckets(sender.aggregations().get(INTERVALS)).stream()
                .collect(Collectors.toMap(DateHistogramBucket::key, DateHistogramBucket::docCount));
        return new SenderCounts(
                sender.key().stringValue(),
                sender.docCount(),
                intervals.stream()
                        .map(bucket -> own.getOrDefault(bucket.key(), 0L))
                        .toList());
    }
}
