package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.EventFeed;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.search.history.permission.Searcher;
import chat.parley.search.history.permission.UserNames;
import java.util.List;
import java.util.Set;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.Test;

class PlanningASearchTest {
    private static final UserId ANN = new UserId("u-ann");
    private static final long NEWEST_EVENT = 42;

    private long askedFor = -1;
    private final SearchPlanner planner = planner();

    private SearchPlanner planner() {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        new AnnotationQueryHandlerAdapter<>(this).subscribe(bus);
        QueryClient readSide =
                new QueryClient(DefaultQueryGateway.builder().queryBus(bus).build(), FakePermissionQueries.TIMEOUT);
        return new SearchPlanner(readSide, new UserNames(readSide), new LateFeed(), IndexAliases.PARLEY);
    }

    @QueryHandler
    Memberships handle(FindMemberships query) {
        askedFor = query.atLeastIndex();
        return new Memberships(NEWEST_EVENT, List.of());
    }

    @Test
    void permissionsIncludeTheNewestEvent() {
        planner.asked(planner.plan(new Searcher(ANN, Set.of()), question("tea")));
        assertThat(askedFor).isEqualTo(NEWEST_EVENT);
    }

    @Test
    void analystsAreNotLimitedToTheirMemberships() {
        planner.asked(planner.plan(new Searcher(ANN, Set.of(SystemRole.ANALYST)), question("tea")));
        assertThat(askedFor).isEqualTo(-1);
    }

    @Test
    void aPlanSearchesOnlyTheNeededIndexes() {
        Searcher investigator = new Searcher(ANN, Set.of(SystemRole.INVESTIGATOR));
        assertThat(planner.plan(investigator, question("tea")).indexes())
                .containsExactly(IndexAliases.PARLEY.messages());
        assertThat(planner.plan(investigator, question("tea was:edited as-of:2026-11-21"))
                        .indexes())
                .containsExactly(IndexAliases.PARLEY.past());
        assertThat(planner.plan(investigator, question("tea as-of:2026-11-21")).indexes())
                .containsExactly(IndexAliases.PARLEY.messages(), IndexAliases.PARLEY.past());
    }

    @Test
    void requestsAndPlansDoNotPrintTheQuery() {
        SearchPlan plan = planner.plan(new Searcher(ANN, Set.of()), question("secret"));
        assertThat(plan.toString()).doesNotContain("secret");
        assertThat(planner.asked(plan).unmet()).isNull();
        assertThatThrownBy(() -> planner.plan(new Searcher(ANN, Set.of()), question("secret ".repeat(200))))
                .hasMessageNotContaining("secret");
    }

    private static SearchRequest question(String text) {
        return SearchRequest.of(text, null, null, null, null, null, null);
    }

    private static final class LateFeed implements EventFeed {
        @Override
        public long head() {
            return NEWEST_EVENT;
        }

        @Override
        public Follower follow(long afterIndex) {
            throw new UnsupportedOperationException("Nobody follows it here");
        }
    }
}
