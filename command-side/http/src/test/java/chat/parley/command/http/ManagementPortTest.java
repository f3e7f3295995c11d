package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.HttpAnswer;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** Management on a port of its own, which needs no token; the main port does not serve it. */
@TestPropertySource(properties = {"management.server.port=0", "management.server.address=127.0.0.1"})
class ManagementPortTest extends ServerTest {
    @Value("${local.management.port}")
    private int managementPort;

    @Test
    void isServedOnlyOnItsOwnPort() {
        assertThat(management("/actuator").is(200).response().body()).contains("_links");
        HttpAnswer here =
                HttpAnswer.to(HttpRequest.newBuilder(server("/actuator")).GET()).is(404);
        assertThat(here.text("code")).isEqualTo("not-found");
    }

    @Test
    void servesNoApi() {
        assertThat(management("/api/v1/users/me").status()).isIn(401, 404);
    }

    @Test
    void answersMalformedRequestsAsTheMainPortDoes() {
        assertThat(management("/actuator?x=%ff").is(400).text("code")).isEqualTo("invalid-parameter");
        assertThat(management("/no/such/path").status()).isIn(401, 404);
    }

    private HttpAnswer management(String path) {
        return HttpAnswer.to(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
                .GET());
    }
}
