package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of one server that all these tests share. */
@SpringBootTest(
        classes = TestCommandServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "parley.auth.password-memory=64KB",
            "parley.auth.password-iterations=1",
            "parley.limits.rest.sign-ups-per-minute-per-address=100000",
            "parley.limits.rest.requests-per-minute-per-address=100000",
            "parley.limits.rest.failed-logins-per-address=100000",
            "parley.limits.rest.login-patience=0s",
            "parley.http.allowed-origins=https://chat.example",
            "spring.flyway.locations=classpath:db/vault",
            "spring.flyway.schemas=vault",
            "spring.main.banner-mode=off"
        })
abstract class ServerTest {
    static final String PASSWORD = "correct horse";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    InMemoryAggregates aggregates;

    @Autowired
    MutableClock clock;

    @Autowired
    JdbcClient vault;

    @Value("${local.server.port}")
    int port;

    /** The directory of the key that makes the first admin. Each start of a server writes a new key. */
    @Value("${parley.data-dir}")
    Path data;

    @DynamicPropertySource
    static void aDirectoryOfItsOwn(DynamicPropertyRegistry properties) throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target"), "test-data");
        properties.add("parley.data-dir", directory::toString);
    }

    /** The answer of the server. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {
        Answer isRefused(Refusal refusal) {
            assertThat(body.path("code").asString()).as("%s", response.body()).isEqualTo(refusal.code());
            assertThat(status).isEqualTo(refusal.status());
            assertThat(body.path("type").asString()).isEqualTo("urn:parley:problem:" + refusal.code());
            assertThat(body.path("status").asInt()).isEqualTo(refusal.status());
            assertThat(body.path("title").asString()).isNotBlank();
            assertThat(body.path("detail").asString()).isNotBlank();
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            return this;
        }

        Answer is(int expected) {
            assertThat(status).as("%s", response.body()).isEqualTo(expected);
            return this;
        }

        String text(String field) {
            return body.path(field).asString();
        }

        long number(String field) {
            return body.path(field).asLong();
        }
    }

    /** A logged-in user. */
    record Person(String id, String username, String accessToken, String refreshToken) {}

    Person somebody() {
        String username = unique("user");
        signUp(username, PASSWORD).is(201);
        return loggedIn(username, "device");
    }

    Person loggedIn(String username, String device) {
        Answer login = logIn(username, PASSWORD, device).is(200);
        return new Person(
                login.body().path("user").path("id").asString(),
                username,
                login.text("accessToken"),
                login.text("refreshToken"));
    }

    Answer signUp(String username, String password) {
        return post(null, "/accounts", new NewAccount(username, password, "Somebody"));
    }

    Answer logIn(String username, String password, String device) {
        return post(null, "/sessions", new Login(username, password, device));
    }

    Answer refresh(String token) {
        return post(null, "/sessions/refresh", new Refresh(token));
    }

    record NewAccount(String username, String password, String displayName) {}

    record Login(String username, String password, String device) {}

    record Refresh(String refreshToken) {}

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    Answer post(@Nullable String token, String path, Object body) {
        return send(request(token, path).POST(json(body)));
    }

    Answer put(@Nullable String token, String path, Object body) {
        return send(request(token, path).PUT(json(body)));
    }

    Answer put(@Nullable String token, String path) {
        return send(request(token, path).PUT(BodyPublishers.noBody()));
    }

    Answer patch(@Nullable String token, String path, Object body) {
        return send(request(token, path).method("PATCH", json(body)));
    }

    Answer delete(@Nullable String token, String path) {
        return send(request(token, path).DELETE());
    }

    Answer get(@Nullable String token, String path) {
        return send(request(token, path).GET());
    }

    HttpRequest.Builder request(@Nullable String token, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server("/api/v1" + path)).header("Content-Type", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    void vault(String sql, Object... parameters) {
        vault.sql(sql).params(parameters).update();
    }

    URI server(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(response.statusCode(), JSON.readTree(json ? response.body() : "{}"), response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A string is sent unchanged. */
    static HttpRequest.BodyPublisher json(Object body) {
        return BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body));
    }
}
