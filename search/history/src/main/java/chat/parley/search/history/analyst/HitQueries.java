package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.search.FindHits;
import chat.parley.api.search.FindHits.Hits;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.SearchPlan;
import chat.parley.search.history.query.SearchPlanner;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.axonframework.queryhandling.QueryHandler;

/**
 * Answers {@link FindHits} exactly: after the index has caught up with the newest event, from one point in time, over
 * current and past texts. A message that matches in several texts is one hit.
 */
final class HitQueries {
    /** Documents per request; they come without their texts. */
    static final int PAGE = 5_000;

    private final SearchEngine engine;
    private final Runnable caughtUp;
    private final SearchPlanner planner;
    private final HistorySearch search;
    private final int pageSize;

    /** @param caughtUp waits until the index includes all events there are now, or throws {@link Refused} */
    HitQueries(SearchEngine engine, Runnable caughtUp, SearchPlanner planner, HistorySearch search, int pageSize) {
        this.engine = engine;
        this.caughtUp = caughtUp;
        this.planner = planner;
        this.search = search;
        this.pageSize = pageSize;
    }

    /**
     * @throws Refused {@link Refusal#SEARCH_OFF}, {@link Refusal#SEARCH_STARTING} or {@link Refusal#SEARCH_UNAVAILABLE}
     * while no exact answer is possible, {@link Refusal#LIMIT_EXCEEDED} beyond the limit, and the refusals of {@link
     * SearchPlanner#plan}
     */
    @QueryHandler
    Hits handle(FindHits query) {
        SearchPlan plan = planner.everyText(query.query());
        engine.require();
        caughtUp.run();
        search.refresh(plan);
        String pointInTime = search.open(plan);
        try {
            return new Hits(all(plan, pointInTime, query.limit()));
        } finally {
            search.close(pointInTime);
        }
    }

    private List<FindHits.Hit> all(SearchPlan plan, String pointInTime, int limit) {
        List<FindHits.Hit> hits = new ArrayList<>();
        List<Hit<MessageDocument>> page;
        Hit<MessageDocument> last = null;
        do {
            page = search.documents(plan, pointInTime, last, pageSize);
            for (Hit<MessageDocument> document : page) {
                add(Objects.requireNonNull(document.source()), hits);
                if (hits.size() > limit) {
                    throw new Refused(Refusal.LIMIT_EXCEEDED);
                }
                last = document;
            }
        } while (page.size() == pageSize);
        return hits;
    }

    /** Texts of one message follow each other. */
    private static void add(MessageDocument document, List<FindHits.Hit> hits) {
        FindHits.Hit hit = new FindHits.Hit(
                new ConversationId(document.conversation()), document.position(), new UserId(document.sender()));
        if (hits.isEmpty() || !hits.getLast().equals(hit)) {
            hits.add(hit);
        }
    }
}
