package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.testing.HttpAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** No proxy is trusted, so forwarded headers are forged, even if Jetty is configured to trust all of them. */
@TestPropertySource(
        properties = {"parley.limits.rest.sign-ups-per-minute-per-address=2", "server.forward-headers-strategy=native"})
class WithoutAProxyTest extends ServerTest {
    @Test
    void forwardedHeadersAreIgnored() {
        String username = unique("user");
        signUpAs(username, "X-Forwarded-For", "203.0.113.1").is(201);
        signUpAs(unique("user"), "X-Forwarded-For", "203.0.113.2").is(201);
        for (Map.Entry<String, String> made : Map.of(
                        "X-Forwarded-For", "203.0.113.3",
                        "Forwarded", "for=203.0.113.4",
                        "X-Real-IP", "203.0.113.5",
                        "Via", "1.1 203.0.113.6")
                .entrySet()) {
            signUpAs(unique("user"), made.getKey(), made.getValue()).isRefused(Refusal.RATE_LIMITED);
        }

        HttpAnswer login = HttpAnswer.to(request(null, "/sessions")
                .POST(HttpAnswer.json(Map.of("username", username, "password", PASSWORD, "device", "device")))
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Port", "444")
                .header("X-Forwarded-Prefix", "/evil")
                .header("Forwarded", "proto=https;host=evil.example"));
        assertThat(login.is(200).text("webSocketUrl")).isEqualTo("ws://localhost:" + port + "/ws");
    }

    private HttpAnswer signUpAs(String username, String header, String value) {
        return HttpAnswer.to(request(null, "/accounts")
                .POST(HttpAnswer.json(Map.of("username", username, "password", PASSWORD, "displayName", "Somebody")))
                .header(header, value));
    }
}
