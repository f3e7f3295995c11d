package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The published OpenAPI document matches the implementation and needs no login. */
class OpenApiTest {
    private final ApiClient anybody = new ApiClient(ParleyServer.shared().port(), null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /accounts",
                "POST /sessions",
                "POST /sessions/refresh",
                "DELETE /sessions/current",
                "DELETE /sessions",
                "PUT /users/me/password",
                "PUT /users/me/username",
                "POST /users/me/deactivation",
                "POST /users/me/deletion",
                "GET /users/me/mail-address",
                "PUT /users/me/mail-address",
                "DELETE /users/me/mail-address",
                "POST /users/me/mail-address/confirmation",
                "POST /users/{}/password-reset",
                "POST /password-resets",
                "POST /password-resets/requests",
                "GET /gateways",
                "GET /load",
                "GET /users",
                "GET /users/{}",
                "GET /users/{}/presence",
                "GET /conversations/{}/presence",
                "PATCH /users/me",
                "GET /users/me/blocks",
                "PUT /users/me/blocks/{}",
                "DELETE /users/me/blocks/{}",
                "GET /users/me/devices",
                "DELETE /users/me/devices/{}",
                "GET /users/me/settings",
                "PUT /users/me/settings",
                "GET /users/me/contacts",
                "PUT /users/me/contacts/{}",
                "DELETE /users/me/contacts/{}",
                "GET /users/me/sessions",
                "DELETE /users/me/sessions/{}",
                "PUT /users/me/devices/{}/push",
                "DELETE /users/me/devices/{}/push",
                "GET /push-services",
                "PUT /users/{}/roles/{}",
                "DELETE /users/{}/roles/{}",
                "POST /conversations",
                "GET /conversations/{}",
                "PATCH /conversations/{}",
                "PUT /conversations/{}/members/{}",
                "DELETE /conversations/{}/members/{}",
                "POST /conversations/{}/messages",
                "GET /conversations/{}/entries",
                "PUT /conversations/{}/read",
                "GET /inbox",
                "PATCH /inbox/{}",
                "GET /sync",
                "GET /search/suggest",
                "GET /search/saved",
                "PUT /search/saved/{}",
                "DELETE /search/saved/{}",
                "GET /search/export",
                "GET /search/exports/{}",
                "GET /search/statistics"
            })
    void listsEveryEndpointAndItsRefusals(String endpoint) {
        String method = endpoint.substring(0, endpoint.indexOf(' ')).toLowerCase(Locale.ROOT);
        String path = "/api/v1" + endpoint.substring(endpoint.indexOf(' ') + 1);
        JsonNode operation = anybody.get("/v3/api-docs")
                .expect(200)
                .path("paths")
                .propertyStream()
                .filter(entry -> entry.getKey().replaceAll("\\{[^}]*}", "{}").equals(path))
                .map(entry -> entry.getValue().path(method))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow(() -> new AssertionError(endpoint + " is not in the document"));

        assertThat(operation.path("responses").propertyNames()).anyMatch(status -> status.startsWith("2"));
        assertThat(operation.path("responses").propertyNames()).anyMatch(status -> status.startsWith("4"));
    }

    /** An operation that may refuse with {@code forbidden} needs a role, or the own device. */
    private static final Pattern WHO =
            Pattern.compile("`(admin|analyst|auditor|investigator)`|investigators only|device");

    @Test
    void everyOperationHasASummaryItsRoleAndItsAnswers() {
        JsonNode paths = anybody.get("/v3/api-docs").expect(200).path("paths");
        assertThat(paths).hasSizeGreaterThan(30);
        paths.forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
            if (!path.startsWith("/api/")) {
                return;
            }
            String name = method + " " + path;
            String summary = operation.path("summary").asString("");
            String description = operation.path("description").asString("");
            assertThat(summary)
                    .as(name)
                    .contains(" ")
                    .isNotEqualTo(operation.path("operationId").asString(""));
            JsonNode responses = operation.path("responses");
            assertThat(responses.propertyNames())
                    .as(name)
                    .anyMatch(status -> status.startsWith("2"))
                    .anyMatch(status -> status.startsWith("4"));
            if (responses.path("403").path("description").asString("").contains("`forbidden`")) {
                assertThat(description).as(name + " names the role").containsPattern(WHO);
            }
        }));
    }

    @Test
    void theAsyncApiDocumentIsServed() {
        ApiClient.Answer answer = anybody.get("/asyncapi.yaml");
        assertThat(answer.response().statusCode()).isEqualTo(200);
        assertThat(answer.response().body()).contains("asyncapi:", "message.send", "caught-up", "parley.v1.json");
    }

    @Test
    void thePageIsPublic() {
        ApiClient.Answer page = anybody.get("/");
        assertThat(page.response().statusCode()).isEqualTo(200);
        assertThat(page.response().headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/html");
    }
}
