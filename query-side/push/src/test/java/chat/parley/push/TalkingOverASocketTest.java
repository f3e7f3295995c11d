package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.push.fanout.SubscriberRegistry;
import chat.parley.push.session.ConnectionDrain;
import chat.parley.push.session.SocketRegistry;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.Entry;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = TestNode.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"parley.push.max-queued-bytes=2MB", "parley.limits.enabled=false", "parley.push.drain-timeout=1s"
        })
class TalkingOverASocketTest {
    private static final AtomicInteger IDS = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Autowired
    private TestNode.CommandSide commands;

    @Autowired
    private InMemoryEventFeed eventStore;

    @Autowired
    private FakeRelations relations;

    @Autowired
    private ConnectionDrain drain;

    private static ClientFrame.MessageSend message(String ref, ConversationId conversation, String text) {
        return new ClientFrame.MessageSend(
                ref, conversation, new ClientMessageId("m" + IDS.incrementAndGet()), text, null, List.of());
    }

    @Test
    void aMessageIsDeliveredOnceToBothUsers() {
        try (TestSocket ann = TestSocket.live(port, "ann", "phone");
                TestSocket bob = TestSocket.live(port, "bob", "phone")) {
            assertThat(ann.subprotocol()).isEqualTo("parley.v1.json");

            ann.send(message("r1", TestNode.LOBBY, "안녕 👋"));

            ServerFrame.Ack ack = ann.next(ServerFrame.Ack.class);
            while (!ack.ref().equals("r1")) {
                ack = ann.next(ServerFrame.Ack.class);
            }
            Entry entry = bob.next(ServerFrame.EntryFrame.class).entry();
            assertThat(entry)
                    .isInstanceOfSatisfying(
                            Entry.Message.class,
                            message -> assertThat(message.text()).isEqualTo("안녕 👋"));
            assertThat(entry.position()).isEqualTo(ack.position());
        }
    }

    @Test
    void resumingByCursorDeliversTheMissedEntries() {
        String cursor;
        try (TestSocket bob = TestSocket.open(port)) {
            bob.hello("bob", "laptop", null);
            cursor = bob.next(ServerFrame.CaughtUp.class).cursor();
        }
        long position = eventStore.send(TestNode.LOBBY, TestNode.ANN, "while you were away");
        try (TestSocket bob = TestSocket.open(port)) {
            bob.hello("bob", "laptop", cursor);
            ServerFrame.EntryFrame missed = bob.next(ServerFrame.EntryFrame.class);
            assertThat(missed.entry().position()).isEqualTo(position);
            bob.next(ServerFrame.CaughtUp.class);
        }
    }

    @Test
    void invalidFramesAreAnsweredAndTheSocketStaysOpen() {
        try (TestSocket ann = TestSocket.live(port, "ann", "tablet")) {
            ann.sendText("{\"type\":\"message.send\",\"ref\":\"r7\",\"text\":");
            assertThat(error(ann)).isEqualTo("malformed-json r7");
            ann.sendText("{\"type\":\"presence.shout\",\"ref\":\"r8\"}");
            assertThat(error(ann)).isEqualTo("unknown-frame-type r8");
            ann.sendBinary(new byte[] {1, 2, 3});
            assertThat(error(ann)).isEqualTo("binary-frame null");
            ann.hello("ann", "tablet", null);
            assertThat(error(ann)).isEqualTo("hello-repeated hi");
            ann.send(message("r9", TestNode.LOBBY, "   "));
            assertThat(error(ann)).isEqualTo("message-empty r9");
            ann.send(new ClientFrame.Read("r10", TestNode.LOBBY, 1_000_000));
            assertThat(error(ann)).isEqualTo("position-not-found r10");
            ann.send(new ClientFrame.Typing("r11", new ConversationId("elsewhere")));
            assertThat(error(ann)).isEqualTo("not-a-member r11");
            ann.send(new ClientFrame.Heartbeat(null));
            ann.next(ServerFrame.Heartbeat.class);
        }
    }

    private static String error(TestSocket socket) {
        ServerFrame.ErrorFrame error = socket.next(ServerFrame.ErrorFrame.class);
        return error.code() + " " + error.ref();
    }

    @Test
    void aFrameBeforeHelloEndsTheSocket() {
        try (TestSocket stranger = TestSocket.open(port)) {
            stranger.send(message("r1", TestNode.LOBBY, "hello?"));
            assertThat(error(stranger)).isEqualTo("hello-required r1");
            assertThat(stranger.awaitClose()).isEqualTo(4400);
        }
    }

    @Test
    void aForgedTokenAndAForeignDeviceAreRefused() {
        try (TestSocket stranger = TestSocket.open(port)) {
            stranger.send(new ClientFrame.Hello("h", "forged", new DeviceId("phone"), null, null));
            assertThat(error(stranger)).isEqualTo("token-invalid h");
            assertThat(stranger.awaitClose()).isEqualTo(4401);
        }
        try (TestSocket stranger = TestSocket.open(port)) {
            stranger.send(new ClientFrame.Hello("h", "ann:phone:s:600", new DeviceId("other"), null, null));
            assertThat(error(stranger)).isEqualTo("forbidden h");
            assertThat(stranger.awaitClose()).isEqualTo(4403);
        }
    }

    @Test
    void aForgedCursorIsRefusedAndHelloMayBeRepeatedWithoutIt() {
        try (TestSocket ann = TestSocket.open(port)) {
            ann.hello("ann", "watch", "made-up-cursor-of-some-length");
            assertThat(error(ann)).isEqualTo("cursor-invalid hi");
            ann.hello("ann", "watch", null);
            ann.next(ServerFrame.CaughtUp.class);
        }
    }

    @Test
    void theLongestMessageIsAcceptedInAnyEncoding() {
        try (TestSocket ann = TestSocket.live(port, "ann", "desk")) {
            String escaped = "\\ud83d\\ude00".repeat(FrameCodec.MAX_TEXT_CHARACTERS);
            ann.sendText(
                    "{\"type\":\"message.send\",\"ref\":\"big\",\"conversation\":\"lobby\",\"clientMessageId\":\"big-1\","
                            + "\"text\":\"" + escaped + "\"}");
            Entry.Message message =
                    (Entry.Message) ann.next(ServerFrame.EntryFrame.class).entry();
            assertThat(message.text()).isEqualTo("😀".repeat(FrameCodec.MAX_TEXT_CHARACTERS));
        }
    }

    @Test
    void aFrameOverTheLimitIsAnsweredAndClosesTheSocket() {
        try (TestSocket ann = TestSocket.live(port, "ann", "printer")) {
            ann.offer(message("big", TestNode.LOBBY, "x".repeat(2_000_000)));
            assertThat(error(ann)).isEqualTo("payload-too-large null");
            assertThat(ann.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void theSameDeviceReplacesItself() {
        try (TestSocket first = TestSocket.live(port, "bob", "tab");
                TestSocket second = TestSocket.live(port, "bob", "tab")) {
            assertThat(first.awaitClose()).isEqualTo(4409);
            assertThat(second.isClosed()).isFalse();
        }
    }

    @Test
    void byeLogsOutAndInvalidatesTheToken() {
        try (TestSocket bob = TestSocket.live(port, "bob", "kiosk")) {
            bob.send(new ClientFrame.Bye("bye"));
            assertThat(bob.next(ServerFrame.Ack.class).ref()).isEqualTo("bye");
            assertThat(bob.awaitClose()).isEqualTo(1000);
        }
        try (TestSocket bob = TestSocket.open(port)) {
            bob.hello("bob", "kiosk", null);
            assertThat(error(bob)).isEqualTo("token-invalid hi");
        }
    }

    @Test
    void aTokenThatExpiresEndsTheSocket() {
        try (TestSocket bob = TestSocket.open(port)) {
            bob.send(new ClientFrame.Hello("h", "bob:fridge:s2:1", new DeviceId("fridge"), null, null));
            assertThat(error(bob)).isEqualTo("token-expired null");
            assertThat(bob.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void readingPausesWhileTooManyRequestsAreUnansweredAndOrderIsKept() {
        try (TestSocket bob = TestSocket.live(port, "bob", "fast")) {
            CountDownLatch held = commands.hold();
            for (int i = 0; i < 100; i++) {
                bob.send(message("r" + i, TestNode.LOBBY, "n" + i));
            }
            int before = commands.handled.size();
            held.countDown();
            long last = 0;
            for (int i = 0; i < 100; i++) {
                ServerFrame.Ack ack = bob.next(ServerFrame.Ack.class);
                assertThat(ack.ref()).isEqualTo("r" + i);
                long position = Objects.requireNonNull(ack.position());
                assertThat(position).isGreaterThan(last);
                last = position;
            }
            assertThat(commands.handled.subList(before, commands.handled.size()).stream()
                            .filter(SendMessages.class::isInstance)
                            .map(SendMessages.class::cast)
                            .mapToInt(batch -> batch.messages().size())
                            .max()
                            .orElse(0))
                    .isBetween(2, 32);
        }
    }

    @Test
    void readMarksAreCombinedAndSentToTheOtherDevice() {
        long head = eventStore.send(TestNode.LOBBY, TestNode.ANN, "read me");
        try (TestSocket phone = TestSocket.live(port, "bob", "reader-1");
                TestSocket laptop = TestSocket.live(port, "bob", "reader-2")) {
            int before = commands.handled.size();
            for (long position = 1; position <= head; position++) {
                phone.send(new ClientFrame.Read(position == head ? "last" : null, TestNode.LOBBY, position));
            }
            ServerFrame.Read read = laptop.next(ServerFrame.Read.class);
            while (read.position() < head) {
                read = laptop.next(ServerFrame.Read.class);
            }
            assertThat(commands.handled.subList(before, commands.handled.size()).stream()
                            .filter(MoveReadMark.class::isInstance))
                    .hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void typingIsSentToTheOtherMembers() {
        try (TestSocket ann = TestSocket.live(port, "ann", "typist");
                TestSocket bob = TestSocket.live(port, "bob", "watcher")) {
            ann.send(new ClientFrame.Typing(null, TestNode.LOBBY));
            assertThat(bob.next(ServerFrame.Typing.class).user()).isEqualTo(TestNode.ANN);
        }
    }

    @Test
    void typingIsNotSentIfThereIsABlock() {
        try (TestSocket ann = TestSocket.live(port, "ann", "hidden-typist");
                TestSocket bob = TestSocket.live(port, "bob", "hidden-watcher")) {
            relations.block(TestNode.BOB, TestNode.ANN);
            for (ConversationId conversation : List.of(TestNode.LOBBY, TestNode.DIRECT)) {
                ann.send(new ClientFrame.Typing("a", conversation));
                ann.next(ServerFrame.Ack.class);
                bob.send(new ClientFrame.Typing("b", conversation));
                bob.next(ServerFrame.Ack.class);
            }
            ann.send(message("after", TestNode.LOBBY, "so it is"));
            for (TestSocket socket : List.of(ann, bob)) {
                assertThat(socket.through(ServerFrame.EntryFrame.class))
                        .noneMatch(ServerFrame.Typing.class::isInstance);
            }
        } finally {
            relations.unblock(TestNode.BOB, TestNode.ANN);
        }
    }

    @Test
    void aSlowReaderIsClosedWithoutAnEffectOnOthers() {
        try (TestSocket slow = TestSocket.openUnread(port);
                TestSocket bob = TestSocket.live(port, "bob", "steady")) {
            slow.hello("ann", "slow", null);
            slow.next(ServerFrame.Welcome.class);
            String text = "x".repeat(90_000);
            int sent = 0;
            // The kernels of both sides buffer frames beyond the queue's limit.
            while (sent < 2_000 && !isGone("ann", "slow", sent)) {
                long position = eventStore.send(TestNode.LOBBY, TestNode.BOB, text);
                ServerFrame.EntryFrame frame = bob.next(ServerFrame.EntryFrame.class);
                while (frame.entry().position() < position) {
                    frame = bob.next(ServerFrame.EntryFrame.class);
                }
                sent++;
            }
            assertThat(isGone("ann", "slow", sent)).isTrue();
            assertThat(bob.isClosed()).isFalse();
        }
    }

    @Autowired
    private SocketRegistry registry;

    @Autowired
    private SubscriberRegistry subscribers;

    private boolean isGone(String user, String device, int sent) {
        return sent > 0
                && subscribers.of(new UserId(user)).stream()
                        .noneMatch(subscriber -> subscriber.device().value().equals(device));
    }

    @Test
    void drainingSendsGoawayAndRefusesNewSockets() throws Exception {
        try (TestSocket bob = TestSocket.live(port, "bob", "drained")) {
            drain.stop();
            assertThat(bob.next(ServerFrame.Goaway.class).reason()).isEqualTo("draining");
            assertThat(bob.awaitClose()).isEqualTo(4503);
            HttpResponse<String> refused = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/ws"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"draining\"");
        } finally {
            drain.start();
        }
        await().until(() -> registry.sockets().isEmpty());
    }
}
