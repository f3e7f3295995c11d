package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.testing.HttpAnswer;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The test acts as the proxy: its requests come from this machine, which is trusted here. */
@TestPropertySource(
        properties = {
            "parley.http.trusted-proxies=127.0.0.0/8,::1,10.0.0.0/8",
            "parley.limits.rest.sign-ups-per-minute-per-address=2",
            // Spring's own handling of these headers must not see them either.
            "server.forward-headers-strategy=native"
        })
class BehindAProxyTest extends ServerTest {
    @Test
    void eachClientHasItsOwnLimits() {
        for (String client : new String[] {"203.0.113.1", "203.0.113.2", "2001:db8:0:1::1"}) {
            signUpAs("X-Forwarded-For", client).is(201);
            signUpAs("X-Forwarded-For", client).is(201);
            signUpAs("X-Forwarded-For", client).isRefused(Refusal.RATE_LIMITED);
        }
        signUpAs("X-Forwarded-For", "2001:db8:0:1:ffff::2").isRefused(Refusal.RATE_LIMITED);
    }

    @Test
    void forgedAddressesDoNotEvadeTheLimits() {
        signUpAs("X-Forwarded-For", "1.1.1.1, 203.0.113.3").is(201);
        signUpAs("X-Forwarded-For", "1.1.1.2, 203.0.113.3").is(201);
        signUpAs("X-Forwarded-For", "1.1.1.3, 203.0.113.3").isRefused(Refusal.RATE_LIMITED);
        signUpAs("Forwarded", "for=1.1.1.4, for=203.0.113.3").isRefused(Refusal.RATE_LIMITED);
        signUpAs("X-Forwarded-For", "1.1.1.5, 203.0.113.3, 10.0.0.2").isRefused(Refusal.RATE_LIMITED);
    }

    @Test
    void theWebSocketUrlHasTheHostOfTheClientsRequest() {
        LoggedInUser person = somebodyFrom("203.0.113.4");
        HttpAnswer login = HttpAnswer.to(post("/sessions", credentials(person))
                .header("X-Forwarded-For", "203.0.113.4")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "chat.example"));
        assertThat(login.is(200).text("webSocketUrl")).isEqualTo("wss://chat.example/ws");
        assertThat(login.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .contains("connect-src 'self' wss://chat.example;");
        HttpAnswer withPort = HttpAnswer.to(post("/sessions", credentials(person))
                .header("Forwarded", "for=203.0.113.4;proto=https;host=\"chat.example:8443\""));
        assertThat(withPort.is(200).text("webSocketUrl")).isEqualTo("wss://chat.example:8443/ws");
    }

    private LoggedInUser somebodyFrom(String client) {
        String username = unique("user");
        HttpAnswer.to(post("/accounts", account(username)).header("X-Forwarded-For", client))
                .is(201);
        return new LoggedInUser("", username, "", "");
    }

    private HttpAnswer signUpAs(String header, String value) {
        return HttpAnswer.to(post("/accounts", account(unique("user"))).header(header, value));
    }

    private static Map<String, String> credentials(LoggedInUser person) {
        return Map.of("username", person.username(), "password", PASSWORD, "device", "device");
    }

    private static Map<String, String> account(String username) {
        return Map.of("username", username, "password", PASSWORD, "displayName", "Somebody");
    }

    private HttpRequest.Builder post(String path, Map<String, String> body) {
        return request(null, path).POST(HttpAnswer.json(body));
    }
}
