package chat.parley.command.http;

import chat.parley.testing.HttpAnswer;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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

    /** A logged-in user. */
    record LoggedInUser(String id, String username, String accessToken, String refreshToken) {}

    LoggedInUser somebody() {
        String username = unique("user");
        signUp(username, PASSWORD).is(201);
        return loggedIn(username, "device");
    }

    LoggedInUser loggedIn(String username, String device) {
        HttpAnswer login = logIn(username, PASSWORD, device).is(200);
        return new LoggedInUser(
                login.body().path("user").path("id").asString(),
                username,
                login.text("accessToken"),
                login.text("refreshToken"));
    }

    HttpAnswer signUp(String username, String password) {
        return post(null, "/accounts", new NewAccount(username, password, "Somebody"));
    }

    HttpAnswer logIn(String username, String password, String device) {
        return post(null, "/sessions", new Login(username, password, device));
    }

    HttpAnswer refresh(String token) {
        return post(null, "/sessions/refresh", new Refresh(token));
    }

    record NewAccount(String username, String password, String displayName) {}

    record Login(String username, String password, String device) {}

    record Refresh(String refreshToken) {}

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    HttpAnswer post(@Nullable String token, String path, Object body) {
        return HttpAnswer.to(request(token, path).POST(HttpAnswer.json(body)));
    }

    HttpAnswer put(@Nullable String token, String path, Object body) {
        return HttpAnswer.to(request(token, path).PUT(HttpAnswer.json(body)));
    }

    HttpAnswer put(@Nullable String token, String path) {
        return HttpAnswer.to(request(token, path).PUT(BodyPublishers.noBody()));
    }

    HttpAnswer patch(@Nullable String token, String path, Object body) {
        return HttpAnswer.to(request(token, path).method("PATCH", HttpAnswer.json(body)));
    }

    HttpAnswer delete(@Nullable String token, String path) {
        return HttpAnswer.to(request(token, path).DELETE());
    }

    HttpAnswer get(@Nullable String token, String path) {
        return HttpAnswer.to(request(token, path).GET());
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
}
