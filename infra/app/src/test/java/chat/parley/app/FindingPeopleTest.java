package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingPeopleTest {
    private final ParleyServer server = ParleyServer.shared();

    @ParameterizedTest
    @CsvSource({
        "김철수, 철수",
        "김철수, 김",
        "김철수, 김철수",
        "Grace Brewster Hopper, hopper",
        "Grace Brewster Hopper, GRACE hop",
        "Grace Brewster Hopper, rews",
        "Straße, STRASSE",
        "Zoë (서울), 서울 zo",
        "山田太郎, 太郎"
    })
    void byPartsOfTheirDisplayNames(String displayName, String query) {
        TestUser asker = server.newPerson();
        TestUser person = server.newPerson();
        person.rest.patch("/users/me", Map.of("displayName", displayName)).expect(200);
        Awaitility.await().untilAsserted(() -> assertThat(found(asker, query)).contains(person.id));
        person.rest.patch("/users/me", Map.of("displayName", "Somebody else")).expect(200);
        Awaitility.await().untilAsserted(() -> assertThat(found(asker, query)).doesNotContain(person.id));
    }

    @Test
    void byTheCurrentUsername() {
        TestUser asker = server.newPerson();
        TestUser person = server.newPerson();
        String name = "new-" + person.username;
        person.rest
                .put("/users/me/username", Map.of("username", name, "password", TestUser.PASSWORD))
                .expect(200);
        Awaitility.await().untilAsserted(() -> assertThat(found(asker, name)).containsExactly(person.id));
        assertThat(asker.rest
                        .get("/users/" + person.id)
                        .expect(200)
                        .path("username")
                        .asString())
                .isEqualTo(name);
        TestUser.logIn(server.port(), new TestUser.Credentials(name, "another"))
                .rest
                .get("/inbox")
                .expect(200);
        new ApiClient(server.port(), null)
                .post("/sessions", Map.of("username", person.username, "password", TestUser.PASSWORD, "device", "d"))
                .expectProblem(401, "bad-credentials");
        for (int change = 0; change < 2; change++) {
            person.rest
                    .put("/users/me/username", Map.of("username", name + change, "password", TestUser.PASSWORD))
                    .expect(200);
        }
        person.rest
                .put("/users/me/username", Map.of("username", name + "-more", "password", TestUser.PASSWORD))
                .expectProblem(409, "username-change-too-soon");
        new ApiClient(server.port(), null)
                .post(
                        "/accounts",
                        Map.of("username", name + "-more", "password", TestUser.PASSWORD, "displayName", "Ada"))
                .expect(201);
    }

    private static List<String> found(TestUser asker, String query) {
        return asker.rest
                .get("/users?limit=50&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .expect(200)
                .path("users")
                .findValuesAsString("id");
    }
}
