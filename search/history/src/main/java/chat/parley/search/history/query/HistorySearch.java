package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.EngineRejected;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.permission.Permission;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Highlight;
import co.elastic.clients.elasticsearch.core.search.HighlightField;
import co.elastic.clients.elasticsearch.core.search.HighlighterEncoder;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.PointInTimeReference;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import co.elastic.clients.util.NamedValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hits of a plan page by page from one point in time, so that later messages neither repeat nor skip hits.
 * Each page is checked against the present before it is answered.
 */
public final class HistorySearch {
    /** How long a point in time is kept open for the next page. */
    static final Duration KEPT = Duration.ofMinutes(5);

    private static final Time KEEP_ALIVE = Time.of(time -> time.time(KEPT.toSeconds() + "s"));

    /** Members are told exact totals up to this number, and a lower bound beyond it. */
    static final int COUNTED = 10_000;

    private static final String TIMEOUT = "5s";

    /** Characters of the query. For longer ones, highlighting a repetitive text takes seconds. */
    private static final int LONGEST_HIGHLIGHTED = 200;

    private static final int FRAGMENTS = 3;
    private static final int FRAGMENT_CHARACTERS = 160;
    private static final Highlight HIGHLIGHT = Highlight.of(highlight -> highlight
            .encoder(HighlighterEncoder.Html)
            .preTags("<mark>")
            .postTags("</mark>")
            .numberOfFragments(FRAGMENTS)
            .fragmentSize(FRAGMENT_CHARACTERS)
            .fields(NamedValue.of(
                    Fields.TEXT,
                    HighlightField.of(
                            field -> field.matchedFields(Fields.TEXT, Fields.TEXT_EXACT, Fields.TEXT_SIGNS)))));

    private static final int NOT_FOUND = 404;

    private final SearchEngine engine;
    private final SearchPlanner planner;
    private final HitVisibilityFilter secondLook;

    HistorySearch(SearchEngine engine, SearchPlanner planner, IndexAliases aliases) {
        this.engine = engine;
        this.planner = planner;
        this.secondLook = new HitVisibilityFilter(engine, planner, aliases);
    }

    /** Opens a point in time; the caller has to {@link #close} it. */
    public String open(SearchPlan plan) {
        return engine.ask(client -> client.openPointInTime(
                        point -> point.index(plan.indexes()).keepAlive(KEEP_ALIVE)))
                .id();
    }

    /** Makes everything that is indexed visible to points in time that are opened from now on. */
    public void refresh(SearchPlan plan) {
        engine.ask(client -> client.indices().refresh(refresh -> refresh.index(plan.indexes())));
    }

    /** Does nothing if it has expired. */
    public void close(String pointInTime) {
        try {
            engine.ask(client -> client.closePointInTime(point -> point.id(pointInTime)));
        } catch (EngineRejected rejected) {
            if (rejected.status() != NOT_FOUND) {
                throw rejected;
            }
        }
    }

    /**
     * @throws Refused {@link Refusal#SEARCH_CURSOR_EXPIRED} if the point in time is no longer open, and the refusals of
     * {@link SearchPlanner#asked}
     */
    public Page page(SearchPlan plan, String pointInTime, PageRequest wanted) {
        Permission permission = planner.permission(plan);
        ElasticsearchQuery asked = planner.asked(plan, permission);
        SearchResponse<MessageDocument> response =
                ask(request(plan, asked.query(), wanted).pit(kept(pointInTime)).build());
        List<Hit<MessageDocument>> found = response.hits().hits();
        boolean isLast = found.size() <= wanted.limit();
        List<Hit<MessageDocument>> shown = isLast ? found : found.subList(0, wanted.limit());
        TotalHits total = Objects.requireNonNull(response.hits().total());
        asked.answered(total.value());
        String now = Objects.requireNonNullElse(response.pitId(), pointInTime);
        return new Page(
                secondLook.at(shown, plan.query().looksIntoThePast(), permission),
                total.value(),
                total.relation() == TotalHitsRelation.Eq,
                wanted.facets() ? facets(plan, asked.query(), now, response) : null,
                isLast ? List.of() : shown.getLast().sort(),
                now);
    }

    /**
     * The next documents that match, without their texts, as of the point in time. Nothing is compared with the present.
     *
     * @param after the last document of the previous page; null for the first page
     * @param limit so many of them, in the order of conversation, position and version
     * @throws Refused as {@link #page}
     */
    public List<Hit<MessageDocument>> documents(
            SearchPlan plan, String pointInTime, @Nullable Hit<MessageDocument> after, int limit) {
        ElasticsearchQuery asked = planner.asked(plan);
        SearchRequest.Builder request = new SearchRequest.Builder()
                .pit(kept(pointInTime))
                .query(asked.query())
                .sort(SearchOrder.byPlace())
                .size(limit)
                .source(source -> source.filter(fields -> fields.excludes(Fields.TEXT)))
                .trackTotalHits(total -> total.enabled(after == null))
                .allowPartialSearchResults(false)
                .timeout(TIMEOUT);
        if (after != null) {
            request.searchAfter(after.sort());
        }
        SearchResponse<MessageDocument> response = ask(request.build());
        if (after == null) {
            asked.answered(Objects.requireNonNull(response.hits().total()).value());
        }
        return response.hits().hits();
    }

    /**
     * Counts all hits of the plan.
     *
     * @throws Refused as {@link #page}
     */
    public Counts count(SearchPlan plan, String pointInTime, Map<String, Aggregation> aggregations) {
        ElasticsearchQuery asked = planner.asked(plan);
        SearchResponse<MessageDocument> response = ask(new SearchRequest.Builder()
                .pit(kept(pointInTime))
                .query(asked.query())
                .size(0)
                .trackTotalHits(total -> total.enabled(true))
                .aggregations(aggregations)
                .allowPartialSearchResults(false)
                .timeout(TIMEOUT)
                .build());
        long total = Objects.requireNonNull(response.hits().total()).value();
        asked.answered(total);
        return new Counts(total, response.aggregations());
    }

    /** @param aggregates by their requested names */
    public record Counts(long total, Map<String, Aggregate> aggregates) {
        public Aggregate of(String name) {
            return Objects.requireNonNull(aggregates.get(name));
        }
    }

    private static SearchRequest.Builder request(SearchPlan plan, Query query, PageRequest wanted) {
        SearchRequest.Builder request = new SearchRequest.Builder()
                .query(query)
                .sort(wanted.order().sorting())
                // One more than shown tells whether there is another page.
                .size(wanted.limit() + 1)
                // The visibility check loads the text.
                .source(source -> source.filter(fields -> fields.excludes(Fields.TEXT)))
                .trackTotalHits(total -> plan.everything() ? total.enabled(true) : total.count(COUNTED))
                .allowPartialSearchResults(false)
                .timeout(TIMEOUT);
        if (!wanted.after().isEmpty()) {
            request.searchAfter(wanted.after());
        }
        if (wanted.highlights() && plan.query().text().length() <= LONGEST_HIGHLIGHTED) {
            request.highlight(HIGHLIGHT);
        }
        return wanted.facets() ? request.aggregations(FacetCounts.COUNTED) : request;
    }

    private Page.Facets facets(
            SearchPlan plan, Query query, String pointInTime, SearchResponse<MessageDocument> counted) {
        FacetCounts counts = FacetCounts.of(counted.aggregations());
        SearchResponse<MessageDocument> times = ask(new SearchRequest.Builder()
                .pit(kept(pointInTime))
                .query(query)
                .size(0)
                .trackTotalHits(total -> total.enabled(false))
                .aggregations(counts.times(plan.question().zone()))
                .allowPartialSearchResults(false)
                .timeout(TIMEOUT)
                .build());
        return counts.with(times.aggregations());
    }

    private SearchResponse<MessageDocument> ask(SearchRequest request) {
        SearchResponse<MessageDocument> response;
        try {
            response = engine.ask(client -> client.search(request, MessageDocument.class));
        } catch (EngineRejected rejected) {
            if (rejected.status() == NOT_FOUND) {
                // A point in time that was opened just now cannot have expired: the engine has restarted.
                throw new Refused(
                        request.searchAfter().isEmpty() ? Refusal.SEARCH_UNAVAILABLE : Refusal.SEARCH_CURSOR_EXPIRED);
            }
            throw rejected;
        }
        if (response.timedOut()) {
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
        return response;
    }

    private static PointInTimeReference kept(String pointInTime) {
        return PointInTimeReference.of(point -> point.id(pointInTime).keepAlive(KEEP_ALIVE));
    }
}
