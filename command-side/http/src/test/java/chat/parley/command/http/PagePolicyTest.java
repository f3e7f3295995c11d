package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.HttpAnswer;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The permissions that the server's headers give to a page in a browser. */
class PagePolicyTest extends ServerTest {
    @Test
    void allowsConnectionsToThisServerOnly() {
        assertThat(connectSources("/api/v1/users/me")).containsExactly("'self'", "ws://localhost:" + port);
        assertThat(connectSources("/no/such/page")).containsExactly("'self'", "ws://localhost:" + port);
    }

    @Test
    void answersHaveSecurityHeaders() {
        HttpAnswer answer = get(null, "/users/me");
        assertThat(answer.response().headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry("cross-origin-opener-policy", List.of("same-origin"))
                .containsKey("permissions-policy");
        assertThat(policy(answer))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe-", "http:", " ws: ", " wss: ", "*");
    }

    private List<String> connectSources(String path) {
        String policy =
                policy(HttpAnswer.to(HttpRequest.newBuilder(server(path)).GET()));
        String sources = policy.replaceAll(".*connect-src ([^;]*);.*", "$1");
        return List.of(sources.split(" "));
    }

    private static String policy(HttpAnswer answer) {
        return answer.response().headers().firstValue("Content-Security-Policy").orElse("");
    }
}
