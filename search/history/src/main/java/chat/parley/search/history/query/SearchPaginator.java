package chat.parley.search.history.query;

import chat.parley.api.Refused;
import chat.parley.api.port.KeyedHash;
import chat.parley.search.history.SearchAuditLog;
import chat.parley.search.history.permission.Searcher;
import chat.parley.search.history.query.SearchCursors.Cursor;
import java.util.List;
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
     */
    Turned turn(
            Searcher asker,
            SearchRequest question,
            SearchOrder order,
            int limit,
            boolean facets,
            @Nullable String cursor) {
        SearchPlan plan = planner.plan(asker, question);
        return cursor == null
                ? first(plan, new PageRequest(order, limit, List.of(), true, facets))
                : later(plan, order, limit, cursors.decode(cursor, plan, order));
    }

    private Turned first(SearchPlan plan, PageRequest request) {
        String pointInTime = points.open(plan);
        try {
            return turned(plan, pointInTime, request);
        } catch (Refused refused) {
            points.close(pointInTime);
            throw refused;
        }
    }

    private Turned later(SearchPlan plan, SearchOrder order, int limit, Cursor from) {
        return turned(plan, from.pointInTime(), new PageRequest(order, limit, from.after(), true, false));
    }

    private Turned turned(SearchPlan plan, String pointInTime, PageRequest request) {
        Page page = history.page(plan, pointInTime, request);
        plan.use()
                .ifPresent(use ->
                        journal.record(plan.asker().user(), use, plan.question().written(), page.total()));
        if (page.isLast()) {
            points.close(page.pointInTime());
            return new Turned(page, null);
        }
        points.renew(plan.asker().user(), pointInTime, page.pointInTime());
        return new Turned(page, cursors.encode(new Cursor(page.pointInTime(), page.next()), plan, request.order()));
    }
}
