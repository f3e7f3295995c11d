package chat.parley.search.history.analyst;

import chat.parley.api.Refused;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.Page;
import chat.parley.search.history.query.PageRequest;
import chat.parley.search.history.query.SearchOrder;
import chat.parley.search.history.query.SearchPlan;
import co.elastic.clients.elasticsearch._types.FieldValue;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Iterates over the whole result of a search plan at one point in time, with one page in memory at a time. */
final class ResultPages implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ResultPages.class);

    /** With messages of the highest length, 40 MB. */
    static final int PAGE = 100;

    private final HistorySearch search;
    private final SearchPlan plan;
    private final SearchOrder order;
    private String pointInTime;

    ResultPages(HistorySearch search, SearchPlan plan, SearchOrder order) {
        this.search = search;
        this.plan = plan;
        this.order = order;
        this.pointInTime = search.open(plan);
    }

    Page first() {
        return page(List.of());
    }

    Page after(Page page) {
        return page(page.next());
    }

    private Page page(List<FieldValue> after) {
        Page page = search.page(plan, pointInTime, new PageRequest(order, PAGE, after, false, false));
        pointInTime = page.pointInTime();
        return page;
    }

    @Override
    public void close() {
        try {
            search.close(pointInTime);
        } catch (Refused unavailable) {
            log.info(
                    "A point in time could not be closed and expires by itself: {}",
                    unavailable.refusal().code());
        }
    }
}
