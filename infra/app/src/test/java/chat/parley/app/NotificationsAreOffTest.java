package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server without keys offers no push service and says so. */
class NotificationsAreOffTest {
    private static final Map<String, Object> TOKEN = Map.of("service", "fcm", "token", "0123456789abcdef");

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser person = server.newPerson();
    private final String own = "/users/me/devices/" + person.device + "/push";

    @Test
    void noServiceIsListedAndNoRegistrationAccepted() {
        assertThat(person.rest
                        .get("/push-services")
                        .expect(200)
                        .path("services")
                        .isEmpty())
                .isTrue();
        person.rest.put(own, TOKEN).expectProblem(409, "push-service-off");
        person.rest.delete(own).expect(204);
    }

    @Test
    void badRegistrationsAreRefused() {
        person.rest.put("/users/me/devices/somebody-elses/push", TOKEN).expectProblem(403, "forbidden");
        person.rest.put("/users/me/devices/not%20an%20id/push", TOKEN).expectProblem(400, "invalid-id");
        person.rest.put(own, Map.of("service", "pigeon")).expectProblem(400, "malformed-json");
        person.rest.put(own, Map.of("token", "t")).expectProblem(400, "invalid-parameter");
        new ApiClient(server.port(), null).put(own, TOKEN).expectProblem(401, "unauthenticated");
    }
}
