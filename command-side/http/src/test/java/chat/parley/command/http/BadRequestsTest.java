package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.testing.HttpAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class BadRequestsTest extends ServerTest {
    private static final int TWO_MEGABYTES = 2_000_000;
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");

    @Autowired
    MeterRegistry meters;

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "{\"username\":7", "[1]", "{} {}"})
    void withMalformedJsonAreRefused(String body) {
        HttpAnswer answer = post(null, "/sessions", body).isRefused(Refusal.MALFORMED_JSON);
        assertThat(answer.response().body()).doesNotContain("nonsense");
    }

    @Test
    void areNotEchoed() {
        HttpAnswer answer = post(null, "/accounts", "{\"username\":\"secret-name\",\"password\":[\"secret-word\"]}");
        assertThat(answer.response().body()).doesNotContain("secret");
        answer.isRefused(Refusal.MALFORMED_JSON);
    }

    @Test
    void thatFailAfterTheAnswerHasBegunCloseTheConnection() {
        String token = somebody().accessToken();
        assertThatThrownBy(() -> get(token, TestCommandServer.Unfinished.PATH)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void withAnotherMediaTypeAreRefused() {
        HttpAnswer.to(HttpRequest.newBuilder(server("/api/v1/sessions"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}")))
                .isRefused(Refusal.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void areAnsweredWithAProblemForAnyAcceptHeader() {
        HttpAnswer.to(request(null, "/sessions").header("Accept", "image/png").POST(BodyPublishers.ofString("{")))
                .isRefused(Refusal.MALFORMED_JSON);
    }

    @Test
    void forAMissingPathAreNotFound() {
        get(somebody().accessToken(), "/nothing").isRefused(Refusal.NOT_FOUND);
        get(null, "/nothing").isRefused(Refusal.UNAUTHENTICATED);
        HttpAnswer.to(HttpRequest.newBuilder(server("/nothing")).GET()).isRefused(Refusal.UNAUTHENTICATED);
    }

    @Test
    void withAnotherMethodGetTheAllowedMethods() {
        HttpAnswer answer = get(somebody().accessToken(), "/accounts").isRefused(Refusal.METHOD_NOT_ALLOWED);
        assertThat(answer.response().headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void thatAnnounceATooLargeBodyAreRefusedBeforeItIsRead() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(head(TWO_MEGABYTES).getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void withAnUnreadBodyCloseTheConnectionAndAnnounceIt() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(head(2).getBytes(StandardCharsets.US_ASCII));
            InputStream answers = socket.getInputStream();
            assertThat(answer(answers)).startsWith("HTTP/1.1 401").containsIgnoringCase("\r\nConnection: close\r\n");
            socket.getOutputStream().write(new byte[] {'{', '}'});
            assertThat(answers.read()).isEqualTo(-1);
        }
    }

    @Test
    void withAReceivedBodyKeepTheConnectionOpen() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            for (int asked = 0; asked < 3; asked++) {
                socket.getOutputStream().write((head(2) + "{}").getBytes(StandardCharsets.US_ASCII));
                assertThat(answer(socket.getInputStream()))
                        .startsWith("HTTP/1.1 401")
                        .doesNotContain("close");
            }
        }
    }

    @RepeatedTest(20)
    void thatAreTooLargeGetTheirAnswerAndLeaveTheNextRequestIntact() {
        String body = "\"" + "x".repeat(TWO_MEGABYTES) + "\"";
        post(null, "/sessions", body).isRefused(Refusal.PAYLOAD_TOO_LARGE);
        post(null, "/sessions", "{").isRefused(Refusal.MALFORMED_JSON);
    }

    @RepeatedTest(20)
    void withAnEndlessBodyAreAborted() {
        byte[] body = ("\"" + "x".repeat(TWO_MEGABYTES) + "\"").getBytes(StandardCharsets.UTF_8);
        HttpAnswer.to(request(null, "/sessions")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                .isRefused(Refusal.PAYLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/users/me;x=1", "/api/v1//users", "/api/v1/%2e%2e/x", "/api/v1/users/%00"})
    void withMalformedPathsGetAProblem(String path) {
        HttpAnswer answer = HttpAnswer.to(HttpRequest.newBuilder(server(path)).GET());
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.response().body()).doesNotContain("<html", "Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1//users", "/api/v1/%2e%2e/x", "/api/v1/users/%00"})
    void withMalformedPathsCloseTheConnectionAndAnnounceIt(String path) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answers = socket.getInputStream();
            assertThat(answer(answers)).startsWith("HTTP/1.1 4").containsIgnoringCase("\r\nConnection: close\r\n");
            assertThat(answers.read()).isEqualTo(-1);
        }
    }

    @Test
    void areCounted() {
        double before = refusals();
        post(null, "/sessions", "{").isRefused(Refusal.MALFORMED_JSON);
        assertThat(refusals()).isGreaterThan(before);
    }

    @Test
    void getSecurityHeaders() {
        var headers = post(null, "/sessions", "{").response().headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
    }

    @Test
    void fromOtherOriginsNeedToBeAllowed() {
        assertThat(preflight("https://chat.example").response().headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://chat.example");
        assertThat(preflight("https://evil.example").response().headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    /** The head of a request that is refused for its missing token. */
    private static String head(int contentLength) {
        return "POST /api/v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + contentLength + "\r\n\r\n";
    }

    /** Reads the next answer on a connection, head and body, and returns the head. */
    private static String answer(InputStream answers) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = answers.read();
            assertThat(read).as("%s", head).isNotNegative();
            head.append((char) read);
        }
        Matcher length = CONTENT_LENGTH.matcher(head);
        assertThat(length.find()).as("%s", head).isTrue();
        answers.readNBytes(Integer.parseInt(length.group(1)));
        return head.toString();
    }

    private double refusals() {
        return meters.counter("parley.refusals", "code", "malformed-json").count();
    }

    private HttpAnswer preflight(String origin) {
        return HttpAnswer.to(HttpRequest.newBuilder(server("/api/v1/sessions"))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    }
}
