package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TwoPeopleTalkTest {
    private final ParleyServer server = ParleyServer.shared();

    @Test
    void aMessageIsAcknowledgedDeliveredAndStored() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = bob.connect()) {
            String conversation = alice.startDirect(bob);

            JsonNode ack = atAlice.ask(TestUser.message(conversation, "안녕, Bob"));

            assertThat(ack.path("type").asString()).isEqualTo("ack");
            assertThat(ack.path("position").asLong()).isEqualTo(2);
            JsonNode entry = atBob.awaitEntry("message");
            assertThat(entry.path("text").asString()).isEqualTo("안녕, Bob");
            assertThat(entry.path("sender").asString()).isEqualTo(alice.id);
            assertThat(entry.path("position").asLong()).isEqualTo(2);
            assertThat(atAlice.awaitEntry("message").path("position").asLong()).isEqualTo(2);

            JsonNode history = DirectConversationScenario.answerThrough(bob, conversation, 2);
            assertThat(history.path("head").asLong()).isEqualTo(2);
            assertThat(history.path("entries").get(1).path("text").asString()).isEqualTo("안녕, Bob");

            JsonNode inbox =
                    bob.rest.get("/inbox").expect(200).path("conversations").get(0);
            assertThat(inbox.path("unread").asLong()).isEqualTo(1);
            assertThat(inbox.path("last").path("text").asString()).isEqualTo("안녕, Bob");
        }
    }

    @Test
    void theSameMessageSentTwiceIsOneMessage() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String conversation = alice.startDirect(bob);
        try (SocketClient socket = alice.connect()) {
            Map<String, Object> message = TestUser.message(conversation, "once");

            JsonNode first = socket.ask(message);
            JsonNode second = socket.ask(message);

            assertThat(second.path("position").asLong())
                    .isEqualTo(first.path("position").asLong());
            assertThat(second.path("at")).isEqualTo(first.path("at"));
        }
    }

    @Test
    void missedMessagesAreDeliveredOnceInOrder() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String conversation = alice.startDirect(bob);
        SocketClient before = bob.connect();
        try (SocketClient atAlice = alice.connect()) {
            atAlice.ask(TestUser.message(conversation, "first"));
            String cursor = before.awaitEntry("message").path("cursor").asString();
            before.close();
            for (int i = 2; i <= 100; i++) {
                atAlice.ask(TestUser.message(conversation, "message " + i));
            }

            try (SocketClient after = bob.resume(cursor)) {
                assertThat(after.entriesUntilCaughtUp())
                        .extracting(entry -> entry.path("position").asLong())
                        .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(3, 101)
                                .boxed()
                                .toList());
                atAlice.ask(TestUser.message(conversation, "live again"));
                assertThat(after.awaitEntry("message").path("position").asLong())
                        .isEqualTo(102);
            }
        }
    }
}
