package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.search.SearchUse;
import chat.parley.search.history.permission.SearchAuditLog;
import chat.parley.search.history.permission.Searcher;
import chat.parley.search.history.query.SearchPlan;
import chat.parley.search.history.query.SearchPlanner;
import chat.parley.search.history.query.SearchRequest;
import chat.parley.search.history.query.SearchScope;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Numbers of messages over time and per sender, for analysts. */
@Tag(name = "Search")
@RestController
@RequestMapping("/api/v1/search/statistics")
final class StatisticsController {
    private static final int MOST_TERMS = 10;

    private final SearchPlanner planner;
    private final Statistics statistics;
    private final SearchAuditLog journal;

    StatisticsController(SearchPlanner planner, Statistics statistics, SearchAuditLog journal) {
        this.planner = planner;
        this.statistics = statistics;
        this.journal = journal;
    }

    @Operation(
            summary = "Count search results over time",
            description =
                    "Needs the role `analyst` or `investigator` and a reason, and is recorded. Counts the messages in each interval, in total and for"
                            + " each term, and does the same for each of the twenty senders with the most messages.")
    @Refuses({
        Refusal.INVALID_PARAMETER,
        Refusal.INVALID_ID,
        Refusal.QUERY_INVALID,
        Refusal.QUERY_TOO_LONG,
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.USER_NOT_FOUND,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE,
        Refusal.RETRY_LATER
    })
    @GetMapping
    StatisticsView statistics(
            @Parameter(description = "In the query language of `GET /search`") @RequestParam(required = false) @Nullable
                    String q,
            @RequestParam(required = false) @Nullable String conversation,
            @RequestParam(required = false) @Nullable String sender,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String tz,
            @Parameter(description = "At most 10, separated by commas; each in the query language")
                    @RequestParam(defaultValue = "")
                    List<String> terms,
            @Parameter(
                            description =
                                    "`minute`, `hour`, `day`, `week` (from Monday), `month`, `quarter`, `year`, or"
                                            + " `auto`; at most 400 of them")
                    @RequestParam(defaultValue = "auto")
                    String interval,
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token) {
        if (terms.size() > MOST_TERMS) {
            throw new Refused(Refusal.INVALID_PARAMETER, "terms has at most " + MOST_TERMS + " elements");
        }
        String stated = RequestParameters.reason(reason);
        Searcher asker = Searcher.of(token);
        SearchRequest question = SearchRequest.of(q, tz, conversation, sender, from, to, SearchScope.ALL);
        SearchPlan plan = planner.plan(asker, question);
        StatisticsView view = statistics.of(
                plan, terms.stream().map(term -> term(asker, term, tz)).toList(), interval);
        journal.record(asker.user(), SearchUse.STATISTICS, written(question, terms), stated, view.total());
        return view;
    }

    private Statistics.Term term(Searcher asker, String term, @Nullable String tz) {
        return new Statistics.Term(
                term, planner.plan(asker, SearchRequest.of(term, tz, null, null, null, null, SearchScope.ALL)));
    }

    private static String written(SearchRequest question, List<String> terms) {
        return terms.isEmpty() ? question.written() : question.written() + " terms=" + String.join(",", terms);
    }
}
