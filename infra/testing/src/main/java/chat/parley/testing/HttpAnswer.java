package chat.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** @param body empty if the answer is no JSON */
public record HttpAnswer(int status, JsonNode body, HttpResponse<String> response) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Sends the request and waits for its answer. */
    public static HttpAnswer to(HttpRequest.Builder request) {
        HttpResponse<String> response = send(HTTP, request.build());
        boolean json =
                response.headers().firstValue("Content-Type").orElse("").matches("application/(problem\\+)?json.*");
        return new HttpAnswer(response.statusCode(), JSON.readTree(json ? response.body() : "{}"), response);
    }

    public static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A string is sent unchanged. */
    public static HttpRequest.BodyPublisher json(Object body) {
        return BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body));
    }

    public HttpAnswer is(int expected) {
        assertThat(status).as("%s", response.body()).isEqualTo(expected);
        return this;
    }

    /** Checks that the answer is the problem document of this refusal. */
    public HttpAnswer isRefused(Refusal refusal) {
        assertThat(body.path("code").asString()).as("%s", response.body()).isEqualTo(refusal.code());
        assertThat(status).isEqualTo(refusal.status());
        assertThat(body.path("type").asString()).isEqualTo("urn:parley:problem:" + refusal.code());
        assertThat(body.path("status").asInt()).isEqualTo(refusal.status());
        assertThat(body.path("title").asString()).isNotBlank();
        assertThat(body.path("detail").asString()).isNotBlank();
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return this;
    }

    public String text(String field) {
        return body.path(field).asString();
    }

    public long number(String field) {
        return body.path(field).asLong();
    }
}
