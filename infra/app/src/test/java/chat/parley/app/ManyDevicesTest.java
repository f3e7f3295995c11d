package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManyDevicesTest {
    /** The limit of devices per account. */
    private static final int MOST = 100;

    @Test
    void doNotPreventAnotherLogin() {
        ParleyServer server = ParleyServer.shared();
        TestUser first = server.newPerson();
        List<TestUser> devices = new ArrayList<>();
        try (SocketClient socket = first.connect()) {
            for (int device = 0; device < MOST; device++) {
                devices.add(first.onDevice("tab-" + device));
            }
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
        refresh(server, first).expectProblem(401, "token-invalid");
        refresh(server, devices.getFirst()).expect(200);
        refresh(server, devices.getLast()).expect(200);

        // A logged-out device is removed before any logged-in one, and a known device does not count again.
        devices.get(7).rest.delete("/sessions/current").expect(204);
        first.onDevice("one-more");
        first.onDevice("tab-1");
        refresh(server, devices.get(2)).expect(200);
    }

    private static ApiClient.Answer refresh(ParleyServer server, TestUser person) {
        return new ApiClient(server.port(), null)
                .post("/sessions/refresh", Map.of("refreshToken", person.refreshToken()));
    }
}
