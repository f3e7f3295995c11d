package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.ClientMessageId;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ServerFrame;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = TestNode.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "parley.push.hello-timeout=2s",
            "parley.push.offline-after-seconds=2",
            "parley.limits.socket.messages-per-second=1",
            "parley.limits.socket.errors-per-second=2"
        })
class StayingWithinLimitsTest {
    @LocalServerPort
    private int port;

    @Autowired
    private SessionRegistry registry;

    @BeforeEach
    void nobodyIsLeft() {
        Awaitility.await().until(() -> registry.sockets().isEmpty());
    }

    @Test
    void whoNeverSaysHelloIsClosed() {
        try (TestSocket silent = TestSocket.open(port)) {
            assertThat(silent.closeCode()).isEqualTo(4411);
        }
    }

    @Test
    void whoFallsSilentIsClosed() {
        try (TestSocket ann = TestSocket.live(port, "ann", "phone")) {
            assertThat(ann.closeCode()).isEqualTo(4410);
        }
    }

    @Test
    void whoSendsTooFastIsToldWhenToTryAgainAndClosedIfDeaf() {
        try (TestSocket ann = TestSocket.live(port, "ann", "flood")) {
            for (int i = 0; i < 60; i++) {
                ann.offer(new ClientFrame.MessageSend(
                        "r" + i, TestNode.LOBBY, new ClientMessageId("f" + i), "flood", null, List.of()));
            }
            ServerFrame.ErrorFrame error = ann.next(ServerFrame.ErrorFrame.class);
            assertThat(error.code()).isEqualTo("rate-limited");
            assertThat(error.retryAfterMs()).isPositive();
            assertThat(ann.closeCode()).isEqualTo(4429);
        }
    }
}
