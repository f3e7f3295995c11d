package chat.parley.query.http;

import static chat.parley.query.http.TestWebMvc.ANN;
import static chat.parley.query.http.TestWebMvc.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.FindPeople;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.FindBlocks;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.query.http.account.UserController;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryQueries;
import chat.parley.wire.SealedTextReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;

class ReadingUsersTest {
    private static final UserId GONE = new UserId("gone");

    private final People people = new People();
    private final MockMvc rest = TestWebMvc.of(new UserController(
            new QueryClient(InMemoryQueries.gateway(people), TestWebMvc.PROPERTIES.timeout()),
            new SealedTextReader(FakeTextProtection.legible())));

    @ParameterizedTest
    @ValueSource(strings = {"me", "ann"})
    void theOwnAccountWithRolesAndDevices(String id) throws Exception {
        rest.perform(get("/api/v1/users/" + id))
                .andExpect(status().isOk())
                .andExpect(content().json("""
                    {"id": "ann", "username": "ANN", "displayName": "Name of ann",
                     "roles": ["admin", "auditor"],
                     "devices": [{"id": "laptop", "current": false}, {"id": "phone", "current": true}]}\
                    """, JsonCompareMode.STRICT));
    }

    @Test
    void othersOnlyWithTheirNames() throws Exception {
        rest.perform(get("/api/v1/users/bob"))
                .andExpect(status().isOk())
                .andExpect(content().json("""
                    {"id": "bob", "username": "BOB", "displayName": "Name of bob"}\
                    """, JsonCompareMode.STRICT));
    }

    @Test
    void anErasedNameIsNullAndMarkedAsErased() throws Exception {
        rest.perform(get("/api/v1/users/gone"))
                .andExpect(status().isOk())
                .andExpect(content().json("""
                    {"id": "gone", "username": null, "displayName": null, "erased": true}\
                    """, JsonCompareMode.STRICT));
    }

    @Test
    void anUnknownUserIsNotFound() throws Exception {
        rest.perform(get("/api/v1/users/nobody"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("user-not-found"));
        rest.perform(get("/api/v1/users/no%20body"))
                .andExpect(jsonPath("$.code").value("invalid-id"));
    }

    @Test
    void aClosedAccountIsMarked() throws Exception {
        rest.perform(get("/api/v1/users/resting")).andExpect(content().json("""
            {"id": "resting", "username": "RESTING", "displayName": "Name of resting",
             "deactivated": true}\
            """, JsonCompareMode.STRICT));
        rest.perform(get("/api/v1/users/left")).andExpect(content().json("""
            {"id": "left", "username": null, "displayName": null,
             "deleted": true}\
            """, JsonCompareMode.STRICT));
        rest.perform(get("/api/v1/users/erased")).andExpect(content().json("""
            {"id": "erased", "username": null, "displayName": null,
             "deleted": true, "erased": true}\
            """, JsonCompareMode.STRICT));
    }

    @Test
    void usersAreSearchedByTheWordsOfTheQuery() throws Exception {
        rest.perform(get("/api/v1/users").param("query", " Ｂo 철수 ").param("limit", "7"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.users.length()").value(1))
                .andExpect(jsonPath("$.users[0].id").value("bob"))
                .andExpect(jsonPath("$.users[0].devices").doesNotExist());
        assertThat(people.asked).containsExactly(new FindPeople(ANN, "Ｂo 철수", 7));
    }

    @Test
    void severalUsersByTheirIds() throws Exception {
        rest.perform(get("/api/v1/users").param("ids", "bob,left,nobody,ann"))
                .andExpect(status().isOk())
                .andExpect(content().json("""
                    {"users": [{"id": "bob", "username": "BOB", "displayName": "Name of bob"},
                               {"id": "left", "username": null, "displayName": null, "deleted": true},
                               {"id": "ann", "username": "ANN", "displayName": "Name of ann",
                                "roles": ["admin", "auditor"],
                                "devices": [{"id": "laptop", "current": false}, {"id": "phone", "current": true}]}]}\
                    """, JsonCompareMode.STRICT));
        rest.perform(get("/api/v1/users").param("ids", "bob,no body"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid-id"));
    }

    @Test
    void moreIdsThanTheLimitAreRefused() throws Exception {
        rest.perform(get("/api/v1/users").param("ids", "bob,".repeat(50) + "bob"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid-parameter"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ids=",
                "query=a&ids=bob",
                "query=",
                "query=%20",
                "query=a&limit=0",
                "query=a&limit=51",
                "query=a&limit=-1",
                "query=a&limit=x",
                "query=a&limit=99999999999"
            })
    void aSearchOutOfRangeIsRefused(String parameters) throws Exception {
        rest.perform(get(URI.create("/api/v1/users?" + parameters)))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid-parameter"));
        assertThat(people.asked).isEmpty();
    }

    @Test
    void theOwnDevicesAndBlocks() throws Exception {
        rest.perform(get("/api/v1/users/me/devices"))
                .andExpect(jsonPath("$.devices[1].id").value("phone"))
                .andExpect(jsonPath("$.devices[1].current").value(true));
        rest.perform(get("/api/v1/users/me/blocks"))
                .andExpect(jsonPath("$.blocks[0].user").value("bob"));
    }

    @Test
    void withoutAReadSideARetryIsAdvised() throws Exception {
        MockMvc alone = TestWebMvc.of(new UserController(
                new QueryClient(InMemoryQueries.gateway(), TestWebMvc.PROPERTIES.timeout()),
                new SealedTextReader(FakeTextProtection.legible())));
        alone.perform(get("/api/v1/users/bob"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(jsonPath("$.code").value("retry-later"));
    }

    static final class People {
        private final List<Object> asked = new ArrayList<>();

        @QueryHandler
        Profile handle(FindUser query) {
            return switch (query.user().value()) {
                case "ann", "bob" -> profile(query.user(), AccountStatus.ACTIVE);
                case "resting" -> profile(query.user(), AccountStatus.DEACTIVATED);
                case "left" -> profile(query.user(), AccountStatus.DELETED);
                case "erased" -> new Profile(query.user(), null, null, AccountStatus.DELETED, Set.of(), List.of());
                case "gone" ->
                    new Profile(
                            GONE,
                            FakeTextProtection.legible().erased(TextProtection.usernameContext(GONE)),
                            FakeTextProtection.legible().erased(TextProtection.displayNameContext(GONE)),
                            AccountStatus.ACTIVE,
                            Set.of(),
                            List.of());
                default -> throw new Refused(Refusal.USER_NOT_FOUND);
            };
        }

        @QueryHandler
        FindUser.Profiles handle(FindUser.Several query) {
            return new FindUser.Profiles(query.users().stream()
                    .filter(user -> !user.value().equals("nobody"))
                    .map(user -> handle(new FindUser(user)))
                    .toList());
        }

        @QueryHandler
        FindUser.Profiles handle(FindPeople query) {
            asked.add(query);
            return new FindUser.Profiles(List.of(profile(BOB, AccountStatus.ACTIVE)));
        }

        @QueryHandler
        FindBlocks.Blocks handle(FindBlocks query) {
            return new FindBlocks.Blocks(query.user().equals(ANN) ? List.of(BOB) : List.of());
        }

        private static Profile profile(UserId user, AccountStatus status) {
            TextProtection protection = FakeTextProtection.legible();
            return new Profile(
                    user,
                    protection.seal(user, user.value().toUpperCase(Locale.ROOT), TextProtection.usernameContext(user)),
                    protection.seal(user, "Name of " + user, TextProtection.displayNameContext(user)),
                    status,
                    Set.of(SystemRole.AUDITOR, SystemRole.ADMIN),
                    List.of(new DeviceId("laptop"), new DeviceId("phone")));
        }
    }
}
