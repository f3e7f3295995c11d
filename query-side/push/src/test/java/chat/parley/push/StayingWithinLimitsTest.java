package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.push.session.SocketRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = TestNode.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"parley.push.hello-timeout=2s", "parley.push.offline-after-seconds=2"})
class StayingWithinLimitsTest {
    @LocalServerPort
    private int port;

    @Autowired
    private SocketRegistry registry;

    @BeforeEach
    void nobodyIsLeft() {
        Awaitility.await().until(() -> registry.sockets().isEmpty());
    }

    @Test
    void aSocketWithoutHelloIsClosed() {
        try (TestSocket silent = TestSocket.open(port)) {
            assertThat(silent.awaitClose()).isEqualTo(4411);
        }
    }

    @Test
    void aSilentSocketIsClosed() {
        try (TestSocket ann = TestSocket.live(port, "ann", "phone")) {
            assertThat(ann.awaitClose()).isEqualTo(4410);
        }
    }
}
