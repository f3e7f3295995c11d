package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes whose clocks are ten minutes apart. */
class ClocksApartTest {
    private static final int EACH = 50;

    @TempDir
    private Path ofBehind;

    @TempDir
    private Path ofAhead;

    @Test
    void chatPresenceAndSessionsHoldOnBoth() {
        Clock behind = Clock.systemUTC();
        Clock ahead = Clock.offset(behind, Duration.ofMinutes(10));
        try (SharedEngines engines = SharedEngines.start();
                ParleyServer one = engines.startNode(ofBehind, behind);
                ParleyServer two = engines.startNode(ofAhead, ahead, "parley.transparency.enabled=false")) {
            TestUser alice = one.newPerson();
            TestUser bob = two.newPerson();
            String conversation = alice.startDirect(bob);
            try (SocketClient aliceAtTwo = alice.on(two).connect();
                    SocketClient bobAtOne = bob.on(one).connect()) {
                talk(conversation, List.of(aliceAtTwo, bobAtOne));
                aliceAtTwo.send(Map.of("type", "presence.watch", "ref", "w", "users", List.of(bob.id)));
                PresenceTest.awaitStatus(aliceAtTwo, bob, "online");
                assertThat(engines.leases()).isEqualTo(2);
                for (ParleyServer node : List.of(one, two)) {
                    Awaitility.await()
                            .untilAsserted(() -> assertThat(alice.on(node)
                                            .rest
                                            .get("/inbox")
                                            .expect(200)
                                            .toString())
                                    .contains("message " + (EACH - 1)));
                }
                bobAtOne.send(Map.of("type", "bye", "ref", "b"));
                PresenceTest.awaitStatus(aliceAtTwo, bob, "offline");
            }
            assertThat(TestUser.logIn(two.port(), alice.credentials())
                            .on(one)
                            .rest
                            .get("/users/me")
                            .expect(200)
                            .path("id")
                            .asString())
                    .isEqualTo(alice.id);
        }
    }

    private static void talk(String conversation, List<SocketClient> sockets) {
        for (int i = 0; i < EACH; i++) {
            for (SocketClient socket : sockets) {
                assertThat(socket.ask(TestUser.message(conversation, "message " + i))
                                .path("type")
                                .asString())
                        .isEqualTo("ack");
            }
        }
        // The first entry is the start of the conversation.
        List<Long> all = LongStream.rangeClosed(2, 2L * EACH + 1).boxed().toList();
        for (SocketClient socket : sockets) {
            assertThat(all.stream()
                            .map(_ -> socket.awaitEntry("message")
                                    .path("position")
                                    .asLong()))
                    .isEqualTo(all);
        }
    }
}
