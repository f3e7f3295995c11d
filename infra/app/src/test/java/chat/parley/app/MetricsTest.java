package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The metrics in Prometheus format. */
class MetricsTest {
    private final ParleyServer server = ParleyServer.shared();
    private final TestUser admin = Admins.admin(server);

    @Test
    void everyMeterExistsAndCounts() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        double accepted = value("parley_messages_accepted_total");
        double deliveries = value("parley_deliveries_total");
        double timed = value("parley_send_to_deliver_seconds_count");
        double overSockets = refusals("message-empty");
        double overRest = refusals("cursor-invalid");
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            chat.expectNothingBut(2, atAlice, atBob);
            atAlice.ask(TestUser.message(chat.id(), ""));
            chat.alice().rest.get("/sync?cursor=made-up").expectProblem(400, "cursor-invalid");

            assertThat(value("parley_sessions")).isGreaterThanOrEqualTo(2);
            assertThat(value("parley_messages_accepted_total")).isGreaterThanOrEqualTo(accepted + 1);
            assertThat(value("parley_deliveries_total")).isGreaterThanOrEqualTo(deliveries + 2);
            assertThat(value("parley_send_to_deliver_seconds_count")).isGreaterThan(timed);
            assertThat(refusals("message-empty")).isGreaterThanOrEqualTo(overSockets + 1);
            assertThat(refusals("cursor-invalid")).isGreaterThanOrEqualTo(overRest + 1);
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(value("parley_queue_bytes")).isZero());
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(value("parley_projection_lag_events")).isZero());
    }

    @Test
    void healthIsPublicWithoutDetails() {
        for (String path : List.of(
                "/livez", "/readyz", "/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness")) {
            JsonNode health = anybody().get(path).expect(200);
            assertThat(health.path("status").asString()).as(path).isEqualTo("UP");
            assertThat(health.propertyNames()).as(path).isSubsetOf("status", "groups");
        }
        for (String part : List.of("db", "readSide", "search", "diskSpace")) {
            assertThat(anybody().get("/actuator/health/" + part).response().statusCode())
                    .as(part)
                    .isEqualTo(404);
        }
    }

    @Test
    void metricsAreOnlyForAdmins() {
        anybody().get("/actuator/prometheus").expectProblem(401, "unauthenticated");
        server.newPerson().rest.get("/actuator/prometheus").expectProblem(403, "forbidden");
    }

    @Test
    void theLoadOfTheNodeIsOnlyForAdmins() {
        anybody().get("/load").expectProblem(401, "unauthenticated");
        server.newPerson().rest.get("/load").expectProblem(403, "forbidden");
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        JsonNode before = admin.rest.get("/load").expect(200);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            chat.expectNothingBut(2, atAlice, atBob);

            JsonNode after = admin.rest.get("/load").expect(200);
            assertThat(after.path("node").asString()).isEqualTo("localhost:" + server.port());
            assertThat(after.path("sessions").asLong()).isGreaterThanOrEqualTo(2);
            for (String count : List.of("messagesAccepted", "deliveries")) {
                assertThat(after.path(count).asLong())
                        .as(count)
                        .isGreaterThan(before.path(count).asLong());
            }
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(admin.rest
                                .get("/load")
                                .expect(200)
                                .path("projectionLagEvents")
                                .asLong(-1))
                        .isZero());
    }

    @Test
    void noOtherActuatorEndpointExists() {
        for (String path : List.of("/actuator/env", "/actuator/heapdump", "/actuator/loggers")) {
            assertThat(anybody().get(path).response().statusCode()).as(path).isIn(401, 403, 404);
            assertThat(admin.rest.get(path).response().statusCode()).as(path).isEqualTo(404);
        }
    }

    private ApiClient anybody() {
        return new ApiClient(server.port(), null);
    }

    private double refusals(String code) {
        return value("parley_refusals_total\\{[^}]*code=\"" + code + "\"[^}]*}");
    }

    /** The sum over all lines of a meter, for any values of other tags. */
    private double value(String meter) {
        String name = meter.endsWith("}") ? meter : meter + "(?:\\{[^}]*})?";
        Matcher lines = Pattern.compile("(?m)^" + name + " (\\S+)$")
                .matcher(admin.rest.get("/actuator/prometheus").response().body());
        List<Double> values =
                lines.results().map(line -> Double.parseDouble(line.group(1))).toList();
        assertThat(values).as(meter).isNotEmpty();
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
