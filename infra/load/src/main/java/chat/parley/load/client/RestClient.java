package chat.parley.load.client;

import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST half of the protocol. A transient failure (no connection, a draining node, a rate limit) is retried until the
 * patience is over. A request may therefore be carried out more than once, and callers treat "it is so already" as
 * success. Its methods block; for virtual threads.
 */
public final class RestClient implements AutoCloseable {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int SERVER_ERRORS = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REFUSALS = 400;

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http;
    private final URI metricsUrl;
    private final URI api;
    private final Duration patience;
    private final Semaphore atOnce;
    private final ClientMetrics metrics;

    public RestClient(URI server, int concurrency, Duration patience, ClientMetrics metrics) {
        this(server, server, concurrency, patience, metrics);
    }

    /** @param management the server's management port, which has its metrics */
    public RestClient(URI server, URI management, int concurrency, Duration patience, ClientMetrics metrics) {
        api = under(server, "/api/v1");
        metricsUrl = under(management, "/actuator/prometheus");
        this.patience = patience;
        this.metrics = metrics;
        atOnce = new Semaphore(concurrency);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(REQUEST_TIMEOUT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    private static URI under(URI base, String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path);
    }

    public JsonNode get(String path, String token) {
        return call("GET", path, token, null, Map.of());
    }

    public JsonNode post(String path, @Nullable String token, Object body) {
        return call("POST", path, token, body, Map.of());
    }

    public JsonNode post(String path, String token) {
        return call("POST", path, token, null, Map.of());
    }

    public JsonNode put(String path, String token) {
        return put(path, token, Map.of());
    }

    public JsonNode put(String path, String token, Map<String, String> headers) {
        return call("PUT", path, token, null, headers);
    }

    JsonNode delete(String path, String token) {
        return call("DELETE", path, token, null, Map.of());
    }

    /**
     * Sends a request without retries.
     *
     * @throws RequestRefusedException if the server refuses it
     * @throws IOException             if the outcome is unknown
     */
    JsonNode once(String method, String path, @Nullable String token, @Nullable Object body)
            throws IOException, InterruptedException {
        return answer(method + " " + path, send(method, path, token, body, Map.of()));
    }

    /** The metrics in the text format of Prometheus. */
    public String metrics() {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(metricsUrl).timeout(REQUEST_TIMEOUT).build(), BodyHandlers.ofString());
            if (response.statusCode() >= REFUSALS) {
                throw new RequestRefusedException("GET " + metricsUrl, "http-" + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new RunAbortedException("The server's metrics could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunAbortedException("Interrupted", e);
        }
    }

    private JsonNode call(
            String method, String path, @Nullable String token, @Nullable Object body, Map<String, String> headers) {
        String what = method + " " + path;
        RetryBackoff backoff = new RetryBackoff(patience);
        while (true) {
            Throwable failure;
            long atLeastMs = 0;
            try {
                HttpResponse<byte[]> response = send(method, path, token, body, headers);
                if (response.statusCode() < SERVER_ERRORS && response.statusCode() != TOO_MANY_REQUESTS) {
                    return answer(what, response);
                }
                JsonNode problem = tree(response);
                failure = new RequestRefusedException(
                        what, problem.path("code").asString("http-" + response.statusCode()));
                atLeastMs = problem.path("retryAfterMs").asLong(0);
            } catch (IOException | JacksonException e) {
                failure = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunAbortedException(what + " was interrupted", e);
            }
            metrics.increment(Counter.REST_RETRIES);
            long waitMs = Math.max(backoff.failed(), atLeastMs);
            if (backoff.isExhausted()) {
                throw new RunAbortedException(what + " did not succeed within " + patience.toSeconds() + " s", failure);
            }
            Await.pause(waitMs);
        }
    }

    private HttpResponse<byte[]> send(
            String method, String path, @Nullable String token, @Nullable Object body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
                .timeout(patience.compareTo(REQUEST_TIMEOUT) < 0 ? patience : REQUEST_TIMEOUT)
                .header("Accept", "application/json, application/problem+json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        atOnce.acquire();
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } finally {
            atOnce.release();
        }
    }

    private JsonNode answer(String what, HttpResponse<byte[]> response) throws IOException {
        JsonNode tree;
        try {
            tree = tree(response);
        } catch (JacksonException e) {
            throw new IOException(what + " was answered with something that is not JSON", e);
        }
        if (response.statusCode() >= REFUSALS) {
            throw new RequestRefusedException(what, tree.path("code").asString("http-" + response.statusCode()));
        }
        return tree;
    }

    private JsonNode tree(HttpResponse<byte[]> response) {
        return response.body().length == 0 ? json.createObjectNode() : json.readTree(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
