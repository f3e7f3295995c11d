package chat.parley.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server's REST interface. */
final class Server {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECTED = 300;

    private final URI base;
    private final Optional<String> token;
    private final Map<String, String> headers;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .build();

    /**
     * @param base such as {@code https://chat.example}
     * @param token the access token; empty for requests without a login
     * @param headers further headers
     */
    Server(URI base, Optional<String> token, Map<String, String> headers) {
        this.base = base;
        this.token = token;
        this.headers = Map.copyOf(headers);
    }

    /** A query of these parameters in their order, with its question mark. Parameters with an empty value are left out. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** One segment of a path. */
    static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The answer; a null node if it is empty. */
    JsonNode call(String method, String path) throws IOException, InterruptedException, RefusedByServer {
        return json(open(request(method, path, BodyPublishers.noBody(), "application/json")));
    }

    JsonNode call(String method, String path, Map<String, ?> body)
            throws IOException, InterruptedException, RefusedByServer {
        return json(open(
                request(method, path, BodyPublishers.ofString(JSON.writeValueAsString(body)), "application/json")));
    }

    /** The bytes of an answer as they come. */
    InputStream stream(String path, String accept) throws IOException, InterruptedException, RefusedByServer {
        return open(request("GET", path, BodyPublishers.noBody(), accept));
    }

    static JsonNode parse(String json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JacksonException malformed) {
            throw new IOException("The server's answer is not JSON", malformed);
        }
    }

    private HttpRequest request(String method, String path, HttpRequest.BodyPublisher body, String accept) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                .method(method, body)
                .header("Content-Type", "application/json")
                .header("Accept", accept);
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        headers.forEach(request::header);
        return request.build();
    }

    private InputStream open(HttpRequest request) throws IOException, InterruptedException, RefusedByServer {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() >= OK && response.statusCode() < REDIRECTED) {
            return response.body();
        }
        throw refused(response);
    }

    private static JsonNode json(InputStream body) throws IOException {
        try (body) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return text.isEmpty() ? JSON.nullNode() : parse(text);
        }
    }

    private static RefusedByServer refused(HttpResponse<InputStream> response) throws IOException {
        JsonNode problem = json(response.body());
        String code = problem.path("code").asString("http-" + response.statusCode());
        String title = problem.path("title").asString("The server refused");
        return new RefusedByServer(code, problem.path("detail").asString(title));
    }
}
