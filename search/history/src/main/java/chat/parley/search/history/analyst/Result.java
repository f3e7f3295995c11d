package chat.parley.search.history.analyst;

import chat.parley.api.Refused;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.Order;
import chat.parley.search.history.query.Page;
import chat.parley.search.history.query.PageRequest;
import chat.parley.search.history.query.Plan;
import co.elastic.clients.elasticsearch._types.FieldValue;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a plan finds at one point in time, a page in memory at a time: the next is read when the one before has been
 * dealt with.
 */
final class Result implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Result.class);

    /** Of the longest messages, 40 MB. */
    static final int PAGE = 100;

    private final HistorySearch search;
    private final Plan plan;
    private final Order order;
    private String pointInTime;

    Result(HistorySearch search, Plan plan, Order order) {
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
                    "A point in time was left to expire: {}",
                    unavailable.refusal().code());
        }
    }
}
