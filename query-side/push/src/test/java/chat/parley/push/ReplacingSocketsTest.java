package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.wire.ClientFrame;
import chat.parley.wire.ServerFrame;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** With too many sockets the new one is accepted, and the oldest silent or the least active one is closed. */
@SpringBootTest(
        classes = TestNode.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "parley.push.hello-timeout=10m",
            "parley.push.offline-after-seconds=600",
            "parley.limits.socket.waiting-per-address=2",
            "parley.limits.socket.sockets-per-user=2"
        })
class ReplacingSocketsTest {
    @LocalServerPort
    private int port;

    @Test
    void theOldestSilentSocketOfAnAddressIsClosedAndNoneIsRefused() {
        try (TestSocket ann = TestSocket.live(port, "ann", "phone");
                TestSocket first = TestSocket.open(port);
                TestSocket second = TestSocket.open(port);
                TestSocket third = TestSocket.open(port)) {
            assertThat(first.awaitClose()).isEqualTo(4411);
            try (TestSocket bob = TestSocket.live(port, "bob", "laptop")) {
                assertThat(second.awaitClose()).isEqualTo(4411);
                assertThat(bob.isClosed()).isFalse();
                assertThat(ann.isClosed()).isFalse();
                assertThat(third.isClosed()).isFalse();
            }
        }
    }

    @Test
    void aSocketWhoseHelloComesLateDoesNotReplaceTheNextOneOfItsDevice() {
        try (TestSocket first = TestSocket.open(port);
                TestSocket second = TestSocket.live(port, "dan", "phone")) {
            first.hello("dan", "phone", null);
            assertThat(first.awaitClose()).isEqualTo(4409);
            assertThat(second.isClosed()).isFalse();
        }
    }

    @Test
    void theLeastActiveOfTooManyDevicesIsClosed() {
        try (TestSocket first = TestSocket.live(port, "cid", "one");
                TestSocket second = TestSocket.live(port, "cid", "two")) {
            // The frame is refused to a non-member, but counts as activity.
            first.offer(new ClientFrame.Typing("r", TestNode.LOBBY));
            first.next(ServerFrame.ErrorFrame.class);
            try (TestSocket third = TestSocket.live(port, "cid", "three")) {
                assertThat(second.awaitClose()).isEqualTo(4409);
                assertThat(first.isClosed()).isFalse();
                assertThat(third.isClosed()).isFalse();
            }
        }
    }
}
