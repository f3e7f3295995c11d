package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A socket that sends more at once than the rates permit is read more slowly and in order, and none of its frames is
 * refused.
 */
@SpringBootTest(
        classes = TestNode.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "parley.limits.socket.messages-per-second=50",
            "parley.limits.socket.user-messages-per-second=500",
            "parley.limits.socket.frames-per-second=55",
            "parley.limits.socket.errors-per-second=2",
            "parley.push.drain-timeout=1s"
        })
class SendingFasterThanTheRateTest {
    private static final int OUTBOX = 300;

    @LocalServerPort
    private int port;

    @Autowired
    private InMemoryEventFeed eventStore;

    @Autowired
    private FakeTextProtection protection;

    /** The permitted number in flight and more, over one conversation and over two. */
    @ParameterizedTest
    @CsvSource({"32, 1", "32, 2", "300, 1", "300, 2"})
    void allMessagesAreStoredInOrder(int inFlight, int conversations) {
        List<ConversationId> talks = List.of(TestNode.LOBBY, TestNode.DIRECT).subList(0, conversations);
        String run = "run-" + inFlight + "-" + conversations + "-";
        try (TestSocket bob = TestSocket.live(port, "bob", "outbound-" + inFlight + "-" + conversations)) {
            List<String> answers = answers(
                    bob,
                    inFlight,
                    i -> new ClientFrame.MessageSend(
                            "" + i,
                            talks.get(i % conversations),
                            new ClientMessageId(run + i),
                            run + i,
                            null,
                            List.of()));
            assertThat(answers).hasSize(OUTBOX).allMatch(answer -> answer.startsWith("ack"));
            if (conversations == 1) {
                assertThat(answers)
                        .containsExactlyElementsOf(IntStream.range(0, OUTBOX)
                                .mapToObj(i -> "ack " + i)
                                .toList());
            }
        }
        for (int talk = 0; talk < conversations; talk++) {
            int first = talk;
            assertThat(texts(talks.get(talk), run))
                    .containsExactlyElementsOf(IntStream.range(0, OUTBOX)
                            .filter(i -> i % conversations == first)
                            .mapToObj(i -> run + i)
                            .toList());
        }
    }

    private List<String> texts(ConversationId conversation, String run) {
        return eventStore.entries(conversation).stream()
                .map(RecordedEntry::event)
                .filter(MessageSent.class::isInstance)
                .map(MessageSent.class::cast)
                .map(sent -> protection
                        .reveal(
                                sent.text(),
                                TextProtection.messageContext(conversation, sent.by(), sent.clientMessageId()))
                        .orElseThrow())
                .filter(text -> text.startsWith(run))
                .toList();
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                frames(
                        "message.edit",
                        "error",
                        i -> new ClientFrame.MessageEdit("" + i, TestNode.LOBBY, 1, "text", List.of())),
                frames("message.retract", "error", i -> new ClientFrame.MessageRetract("" + i, TestNode.LOBBY, 1)),
                frames("reaction.add", "error", i -> new ClientFrame.ReactionAdd("" + i, TestNode.LOBBY, 1, "👍")),
                frames(
                        "reaction.remove",
                        "error",
                        i -> new ClientFrame.ReactionRemove("" + i, TestNode.LOBBY, 1, "👍")),
                frames(
                        "message.send to nobody",
                        "error",
                        i -> new ClientFrame.MessageSend(
                                "" + i, TestNode.LOBBY, new ClientMessageId("empty-" + i), " ", null, List.of())),
                frames("read", "ack", i -> new ClientFrame.Read("" + i, TestNode.LOBBY, 1)),
                frames("read of nothing", "error", i -> new ClientFrame.Read("" + i, TestNode.LOBBY, 1_000_000)),
                frames("typing", "ack", i -> new ClientFrame.Typing("" + i, TestNode.LOBBY)),
                frames("typing elsewhere", "error", i -> new ClientFrame.Typing("" + i, new ConversationId("other"))),
                frames("presence.watch", "ack", i -> new ClientFrame.PresenceWatch("" + i, List.of(TestNode.ANN))),
                frames("heartbeat", "ack", i -> new ClientFrame.Heartbeat("" + i)));
    }

    private static Arguments frames(String name, String answer, IntFunction<ClientFrame> frame) {
        return Arguments.of(name, answer, frame);
    }

    /** Refused frames are answered like any others. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void framesOfEveryKindAreAnsweredAndTheSocketStaysOpen(String name, String answer, IntFunction<ClientFrame> frame) {
        try (TestSocket bob =
                TestSocket.live(port, "bob", name.replace('.', '-').replace(' ', '-'))) {
            assertThat(answers(bob, OUTBOX, frame)).hasSize(OUTBOX).allMatch(given -> given.startsWith(answer));
            assertThat(bob.isClosed()).isFalse();
        }
    }

    /** Sends the frames with this many unanswered at once, and returns the answers in their order. */
    private static List<String> answers(TestSocket socket, int inFlight, IntFunction<ClientFrame> frame) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < OUTBOX; i++) {
            socket.send(frame.apply(i));
            if (i + 1 - answers.size() >= inFlight) {
                answers.add(answer(socket));
            }
        }
        while (answers.size() < OUTBOX) {
            answers.add(answer(socket));
        }
        return answers;
    }

    private static String answer(TestSocket socket) {
        while (true) {
            switch (socket.next(ServerFrame.class)) {
                case ServerFrame.Ack ack -> {
                    return "ack " + ack.ref();
                }
                case ServerFrame.ErrorFrame error -> {
                    return "error " + error.ref() + " " + error.code();
                }
                default -> {
                    // The frames that other members receive.
                }
            }
        }
    }

    @Test
    void malformedFramesAreAbuse() {
        try (TestSocket bob = TestSocket.live(port, "bob", "shouter")) {
            IntStream.range(0, 100).forEach(_ -> bob.offerText("{"));
            assertThat(bob.awaitClose()).isEqualTo(4429);
        }
    }
}
