package chat.parley.search.history.analyst;

import chat.parley.api.account.UserId;
import chat.parley.api.search.SearchUse;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.permission.SearchAuditLog;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.SearchComponents;
import chat.parley.search.history.query.SearchIndexFixture;
import chat.parley.search.history.query.SearchPlanner;
import chat.parley.testing.TcpProxy;
import chat.parley.web.problem.ProblemConfiguration;
import chat.parley.web.token.TokenClaims;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exports and statistics on a server of their own, over the real Elasticsearch. A token is {@code user.role}; the
 * application has the real token check.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@Import(ProblemConfiguration.class)
class AnalystServer {
    static final AnalystProperties PROPERTIES =
            new AnalystProperties(Duration.ofSeconds(5), 100, 2, 3, Duration.ofHours(1));

    /** Records searches, and lets a test act before the result is shown. */
    static final class Journal implements SearchAuditLog {
        private final List<String> recorded = new CopyOnWriteArrayList<>();
        private volatile @Nullable Runnable meanwhile;

        @Override
        public void record(UserId analyst, SearchUse use, String query, String reason, long hits) {
            recorded.add(analyst + " " + use + " " + query + " " + hits);
            Runnable happening = meanwhile;
            if (happening != null) {
                happening.run();
            }
        }

        List<String> recorded() {
            return recorded;
        }

        void meanwhile(Runnable happening) {
            meanwhile = happening;
        }

        void forget() {
            recorded.clear();
            meanwhile = null;
        }
    }

    @Bean
    JwtDecoder tokens() {
        return token -> Jwt.withTokenValue(token)
                .header("alg", "none")
                .subject(token.substring(0, token.indexOf('.')))
                .claim(TokenClaims.SESSION, "session")
                .expiresAt(Instant.MAX)
                .claim(TokenClaims.ROLES, List.of(token.substring(token.indexOf('.') + 1)))
                .build();
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    Journal journal() {
        return new Journal();
    }

    @Bean
    SearchIndexFixture archive() {
        return new SearchIndexFixture();
    }

    @Bean(destroyMethod = "close")
    TcpProxy proxy() {
        return new TcpProxy(RealElasticsearch.shared().uri().getPort());
    }

    @Bean
    SearchPlanner planner(SearchIndexFixture archive) {
        return SearchComponents.planner(archive);
    }

    @Bean
    HistorySearch history(TcpProxy proxy, SearchPlanner planner, SearchIndexFixture archive) {
        return SearchComponents.history(RealElasticsearch.shared().client(proxy), planner, archive);
    }

    @Bean
    ExportController exports(SearchPlanner planner, HistorySearch history, Journal journal) {
        return new ExportController(
                planner, history, journal, new Exports(Clock.systemUTC(), PROPERTIES), JsonMapper.shared());
    }

    @Bean
    StatisticsController statistics(SearchPlanner planner, HistorySearch history, Journal journal) {
        return new StatisticsController(planner, new Statistics(planner, history), journal);
    }
}
