package chat.parley.search.history.query;

import chat.parley.api.Refused;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.search.SearchUse;
import chat.parley.search.history.permission.SearchAuditLog;
import chat.parley.search.history.permission.Searcher;
import chat.parley.search.history.query.SearchCursors.Cursor;
import chat.parley.web.RequestParameters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request page by page. The first page opens a point in time, the cursor carries it to the next page, and the
 * last page closes it. An analyst's search is recorded before the page is answered.
 */
final class SearchPaginator {
    private final SearchPlanner planner;
    private final HistorySearch history;
    private final PointsInTime points;
    private final SearchCursors cursors;
    private final SearchAuditLog journal;

    SearchPaginator(
            SearchPlanner planner, HistorySearch history, PointsInTime points, KeyedHash hash, SearchAuditLog journal) {
        this.planner = planner;
        this.history = history;
        this.points = points;
        this.cursors = new SearchCursors(hash);
        this.journal = journal;
    }

    /** @param next the cursor of the next page; null on the last */
    record Turned(Page page, @Nullable String next) {}

    /**
     * @param facets whether to count on the first page; other pages have no facets
     * @param cursor null for the first page
     * @param reason as the user stated it; required if the whole history is searched
     */
    Turned turn(
            Searcher asker,
            SearchRequest question,
            SearchOrder order,
            int limit,
            boolean facets,
            @Nullable String cursor,
            @Nullable String reason) {
        SearchPlan plan = planner.plan(asker, question);
        Optional<Recorded> recorded = plan.use().map(use -> new Recorded(use, RequestParameters.reason(reason)));
        return cursor == null
                ? first(plan, new PageRequest(order, limit, List.of(), true, facets), recorded)
                : later(plan, order, limit, cursors.decode(cursor, plan, order), recorded);
    }

    /** A use that is recorded, and the reason for it. */
    private record Recorded(SearchUse use, String reason) {}

    private Turned first(SearchPlan plan, PageRequest request, Optional<Recorded> recorded) {
        String pointInTime = points.open(plan);
        try {
            return turned(plan, pointInTime, request, recorded);
        } catch (Refused refused) {
            points.close(pointInTime);
            throw refused;
        }
    }

    private Turned later(SearchPlan plan, SearchOrder order, int limit, Cursor from, Optional<Recorded> recorded) {
        return turned(plan, from.pointInTime(), new PageRequest(order, limit, from.after(), true, false), recorded);
    }

    private Turned turned(SearchPlan plan, String pointInTime, PageRequest request, Optional<Recorded> recorded) {
        Page page = history.page(plan, pointInTime, request);
        recorded.ifPresent(as ->
                journal.record(plan.asker().user(), as.use(), plan.question().written(), as.reason(), page.total()));
        if (page.isLast()) {
            points.close(page.pointInTime());
            return new Turned(page, null);
        }
        points.renew(plan.asker().user(), pointInTime, page.pointInTime());
        return new Turned(page, cursors.encode(new Cursor(page.pointInTime(), page.next()), plan, request.order()));
    }
}
