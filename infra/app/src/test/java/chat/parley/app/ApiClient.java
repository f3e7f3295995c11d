package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.HttpAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A REST client. */
final class ApiClient {
    static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpClient http;
    private final String server;
    private final @Nullable String token;

    ApiClient(int port, @Nullable String token) {
        this(HTTP, "http://localhost:" + port, token);
    }

    /** A client of a server with this address, such as one whose certificate only its own HTTP client trusts. */
    ApiClient(HttpClient http, String server, @Nullable String token) {
        this.http = http;
        this.server = server;
        this.token = token;
    }

    /** A client of the same server with another token or none. */
    ApiClient with(@Nullable String otherToken) {
        return new ApiClient(http, server, otherToken);
    }

    /** A WebSocket to the same server. */
    SocketClient openSocket() {
        return SocketClient.at(server.replaceFirst("http", "ws") + "/ws", http);
    }

    Answer get(String path) {
        return send("GET", path, null, "application/json");
    }

    Answer post(String path, Object body) {
        return send("POST", path, JSON.writeValueAsString(body), "application/json");
    }

    Answer put(String path, Object body) {
        return send("PUT", path, JSON.writeValueAsString(body), "application/json");
    }

    Answer patch(String path, Object body) {
        return send("PATCH", path, JSON.writeValueAsString(body), "application/json");
    }

    Answer delete(String path) {
        return send("DELETE", path, null, "application/json");
    }

    /** Sends a body unchanged, well-formed or not. */
    Answer send(String method, String path, @Nullable String body, String contentType, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(ParleyServer.PATIENCE)
                .header("Content-Type", contentType)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(HttpAnswer.send(http, request.build()));
    }

    private URI uri(String path) {
        boolean absolute = path.startsWith("/actuator")
                || path.startsWith("/v3")
                || path.startsWith("/transparency")
                || path.equals("/")
                || path.equals("/livez")
                || path.equals("/readyz")
                || path.equals("/ws")
                || path.startsWith("/asyncapi");
        return URI.create(server + (absolute ? "" : "/api/v1") + path);
    }

    /** The answer. */
    record Answer(HttpResponse<String> response) {
        JsonNode expect(int... statuses) {
            assertThat(statuses).as(response.body()).contains(response.statusCode());
            return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        }

        /** Checks for a problem document with this code and without internal details. */
        JsonNode expectProblem(int status, String code) {
            JsonNode problem = expect(status);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(problem.path("code").asString()).isEqualTo(code);
            assertThat(problem.path("type").asString()).isEqualTo("urn:parley:problem:" + code);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            assertThat(problem.path("title").asString()).isNotBlank();
            assertThat(response.body()).doesNotContain("Exception", "chat.parley", "at org.");
            return problem;
        }
    }
}
