package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadSignUpsTest {
    private final ParleyServer server = ParleyServer.shared();
    private final ApiClient anybody = new ApiClient(server.port(), null);
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aUsernameIsTakenInEveryLetterCaseAndUnicodeForm() {
        String name = "Zoë-Straße-" + unique;
        signUp(name, "long enough").expect(201);

        for (String same : List.of(
                name,
                name.toLowerCase(Locale.ROOT),
                name.toUpperCase(Locale.ROOT),
                "ZOË-STRASSE-" + unique,
                Normalizer.normalize(name, Normalizer.Form.NFD),
                "Ｚoë-Straße-" + unique)) {
            signUp(same, "another password").expectProblem(409, "username-taken");
            // All spellings are one account, with the first one's password.
            logIn(same, "long enough").expect(200);
            logIn(same, "another password").expectProblem(401, "bad-credentials");
        }
    }

    @Test
    void oneOfManyConcurrentSignUpsGetsTheName() throws Exception {
        String name = "wanted-" + unique;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ApiClient.Answer>> asking = Stream.iterate(0, i -> i + 1)
                    .limit(8)
                    .<Callable<ApiClient.Answer>>map(
                            i -> () -> signUp(i % 2 == 0 ? name : "WANTED-" + unique, "password " + i))
                    .toList();
            List<Integer> statuses = executor.invokeAll(asking).stream()
                    .map(Future::resultNow)
                    .map(answer -> answer.response().statusCode())
                    .toList();

            assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
            assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
        }
        assertThat(Stream.iterate(0, i -> i + 1)
                        .limit(8)
                        .filter(i -> logIn(name, "password " + i).response().statusCode() == 200))
                .hasSize(1);
    }

    static Stream<Arguments> badAccounts() {
        return Stream.of(
                Arguments.of("", "long enough", "Name", "username-invalid"),
                Arguments.of("with space", "long enough", "Name", "username-invalid"),
                Arguments.of("new\nline", "long enough", "Name", "username-invalid"),
                Arguments.of("nul\0", "long enough", "Name", "username-invalid"),
                Arguments.of("zero\u200bwidth", "long enough", "Name", "username-invalid"),
                Arguments.of("right\u202eleft", "long enough", "Name", "username-invalid"),
                Arguments.of("x".repeat(65), "long enough", "Name", "username-invalid"),
                // One code point as written, eighteen when folded.
                Arguments.of("\ufdfa".repeat(64), "long enough", "Name", "username-invalid"),
                Arguments.of("ada\ufe0f", "long enough", "Name", "username-invalid"),
                Arguments.of("ada\u034f", "long enough", "Name", "username-invalid"),
                Arguments.of("ada\u3164", "long enough", "Name", "username-invalid"),
                Arguments.of("ada\u2800", "long enough", "Name", "username-invalid"),
                Arguments.of("ada\u17b4", "long enough", "Name", "username-invalid"),
                Arguments.of("ada\udb40\uddef", "long enough", "Name", "username-invalid"),
                Arguments.of("\u180b", "long enough", "Name", "username-invalid"),
                Arguments.of("\u0430da", "long enough", "Name", "username-invalid"),
                Arguments.of("Me", "long enough", "Name", "username-invalid"),
                Arguments.of("short-password", "seven77", "Name", "password-invalid"),
                Arguments.of("long-password", "x".repeat(1025), "Name", "password-invalid"),
                Arguments.of("long-password", "안녕하세요ㅎㅎ", "Name", "password-invalid"),
                Arguments.of("nul-password", "long\0enough", "Name", "password-invalid"),
                Arguments.of("no-name", "long enough", "", "display-name-invalid"),
                Arguments.of("no-name", "long enough", " \u3164", "display-name-invalid"),
                Arguments.of("no-name", "long enough", "\ufe0f\u0301", "display-name-invalid"),
                Arguments.of("turning-name", "long enough", "ad\u202ea", "display-name-invalid"),
                Arguments.of("turning-name", "long enough", "ad\u2066a", "display-name-invalid"),
                Arguments.of("broken-name", "long enough", "ad\u2028a", "display-name-invalid"),
                Arguments.of("long-name", "long enough", "x".repeat(101), "display-name-invalid"),
                Arguments.of("nul-name", "long enough", "nul\0", "display-name-invalid"));
    }

    @ParameterizedTest
    @MethodSource("badAccounts")
    void invalidAccountsAreRefused(String username, String password, String displayName, String code) {
        anybody.post("/accounts", Map.of("username", username, "password", password, "displayName", displayName))
                .expectProblem(400, code);
        logIn(username, password).expectProblem(401, "bad-credentials");
    }

    @Test
    void loneSurrogatesAreRefused() {
        anybody.send(
                        "POST",
                        "/accounts",
                        "{\"username\":\"\\ud800\",\"password\":\"long enough\",\"displayName\":\"x\"}",
                        "application/json")
                .expectProblem(400, "username-invalid");
        anybody.send(
                        "POST",
                        "/accounts",
                        "{\"username\":\"a" + unique + "\",\"password\":\"long enough\",\"displayName\":\"\\udc00\"}",
                        "application/json")
                .expectProblem(400, "display-name-invalid");
        TestUser alice = server.newPerson();
        alice.rest
                .send("PATCH", "/users/me", "{\"displayName\":\"\\udc00\"}", "application/json")
                .expectProblem(400, "display-name-invalid");
    }

    @Test
    void missingFieldsAreNamed() {
        assertThat(anybody.post("/accounts", Map.of("username", "somebody", "displayName", "x"))
                        .expectProblem(400, "invalid-parameter")
                        .path("detail")
                        .asString())
                .contains("password");
        anybody.post("/sessions", Map.of("username", "somebody")).expectProblem(400, "invalid-parameter");
        anybody.post("/sessions", Map.of("username", "somebody", "password", "x", "device", "no/id"))
                .expectProblem(400, "invalid-id");
    }

    private ApiClient.Answer signUp(String username, String password) {
        return anybody.post("/accounts", Map.of("username", username, "password", password, "displayName", "Somebody"));
    }

    private ApiClient.Answer logIn(String username, String password) {
        return anybody.post("/sessions", Map.of("username", username, "password", password, "device", "first-device"));
    }
}
