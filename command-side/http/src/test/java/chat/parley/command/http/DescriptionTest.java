package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.HttpAnswer;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DescriptionTest extends ServerTest {
    @Test
    void isPublicAndShowsTheRequestBodies() {
        JsonNode api = HttpAnswer.to(
                        HttpRequest.newBuilder(server("/v3/api-docs")).GET())
                .is(200)
                .body();
        JsonNode send = api.path("paths")
                .path("/api/v1/conversations/{conversation}/messages")
                .path("post");
        assertThat(send.path("parameters").findValuesAsString("name")).containsExactly("conversation");
        assertThat(send.path("responses").propertyNames()).contains("201");
        assertThat(api.path("components").path("schemas").propertyNames())
                .contains("NewMessage", "Direct", "Group")
                .doesNotContain("Jwt");
    }
}
