package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.TestEngines;
import chat.parley.search.history.permission.SearchAuditLog;
import chat.parley.search.history.permission.UserNames;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.web.problem.ProblemAdvice;
import chat.parley.web.problem.ProblemWriter;
import chat.parley.web.token.TokenClaims;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code GET /search}. Authentication and problem+json are simplified. */
final class SearchClientFixture {
    private static final JsonMapper JSON = new JsonMapper();

    private static final KeyedHash HASH = new FakeKeyedHash();

    private final MockMvc rest;

    SearchClientFixture(SearchIndexFixture archive, FakePermissionQueries people, SearchAuditLog journal) {
        this(TestEngines.up(archive.client()), archive.aliases(), people, journal);
    }

    SearchClientFixture(
            SearchEngine engine, IndexAliases aliases, FakePermissionQueries people, SearchAuditLog journal) {
        QueryClient readSide = new QueryClient(people.gateway(), FakePermissionQueries.TIMEOUT);
        SearchPlanner planner = new SearchPlanner(readSide, new UserNames(readSide), new InMemoryEventFeed(), aliases);
        HistorySearch history = new HistorySearch(engine, planner, aliases);
        SearchPaginator turner =
                new SearchPaginator(planner, history, new PointsInTime(history, Clock.systemUTC()), HASH, journal);
        rest = MockMvcBuilders.standaloneSetup(new SearchController(
                        turner,
                        new Suggestions(planner, history, readSide, FakeTextProtection.legible()),
                        new SearchMeters(new SimpleMeterRegistry())))
                .setControllerAdvice(
                        new ProblemAdvice(new ProblemWriter(JsonMapper.shared(), new SimpleMeterRegistry())))
                .setCustomArgumentResolvers(new AuthenticationPrincipalArgumentResolver())
                .build();
    }

    /** @param parameters names and values alternately */
    Answer ask(UserId user, List<SystemRole> roles, String... parameters) throws Exception {
        return get("/api/v1/search", user, roles, parameters);
    }

    Answer suggest(UserId user, String... parameters) throws Exception {
        return get("/api/v1/search/suggest", user, List.of(), parameters);
    }

    private Answer get(String path, UserId user, List<SystemRole> roles, String... parameters) throws Exception {
        Jwt token = Jwt.withTokenValue("token")
                .header("alg", "HS256")
                .subject(user.value())
                .claim(TokenClaims.SESSION, "session")
                .claim(TokenClaims.ROLES, roles.stream().map(SystemRole::claim).toList())
                .expiresAt(Instant.MAX)
                .build();
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(token, null));
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.get(path);
        if (!List.of(parameters).contains("reason")) {
            request.queryParam("reason", "case 18");
        }
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        var response = rest.perform(request).andReturn().getResponse();
        return new Answer(response.getStatus(), JSON.readTree(response.getContentAsByteArray()));
    }

    Answer ask(UserId user, String... parameters) throws Exception {
        return ask(user, List.of(), parameters);
    }

    /** The hits of a member's query, as {@code conversation:position}. */
    List<String> found(UserId user, String query) throws Exception {
        return ask(user, "q", query, "facets", "false").places();
    }

    record Answer(int status, JsonNode body) {
        List<String> places() {
            assertThat(status).as(body.toString()).isEqualTo(200);
            return hits().map(Answer::place).toList();
        }

        private static String place(JsonNode hit) {
            return hit.get("conversation").asString() + ":"
                    + hit.get("position").asLong();
        }

        Stream<JsonNode> hits() {
            return body.get("hits").valueStream();
        }

        /** The texts by position. */
        Map<String, String> texts() {
            return hits().collect(Collectors.toMap(
                    Answer::place, hit -> hit.path("text").asString()));
        }

        JsonNode hit() {
            assertThat(body.get("hits")).hasSize(1);
            return body.get("hits").get(0);
        }

        @Nullable
        String next() {
            return body.path("next").asString(null);
        }

        void isRefused(String code, int expectedStatus) {
            assertThat(body.path("code").asString("")).as(body.toString()).isEqualTo(code);
            assertThat(status).isEqualTo(expectedStatus);
        }

        /** The parameters of the next page. */
        String[] onward(String... parameters) {
            String[] more = Arrays.copyOf(parameters, parameters.length + 2);
            more[parameters.length] = "cursor";
            more[parameters.length + 1] = String.valueOf(next());
            return more;
        }
    }
}
