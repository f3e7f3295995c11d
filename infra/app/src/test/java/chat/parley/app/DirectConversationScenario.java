package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Two users with a direct conversation, whose history must not contain anything that was refused. */
record DirectConversationScenario(TestUser alice, TestUser bob, String id) {
    static DirectConversationScenario on(ParleyServer server) {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        DirectConversationScenario chat = new DirectConversationScenario(alice, bob, alice.startDirect(bob));
        chat.entriesThrough(1);
        return chat;
    }

    /** The entries, once the read side includes this position. */
    List<JsonNode> entriesThrough(long position) {
        return entries(alice, id, position);
    }

    static List<JsonNode> entries(TestUser reader, String conversation, long position) {
        return answerThrough(reader, conversation, position)
                .path("entries")
                .valueStream()
                .toList();
    }

    /** The answer with the last entries, once the read side includes this position. */
    static JsonNode answerThrough(TestUser reader, String conversation, long position) {
        String path = "/conversations/" + conversation + "/entries?limit=200&minPosition=" + position;
        return Awaitility.await()
                .until(
                        () -> reader.rest.get(path).expect(200),
                        answer -> answer.path("head").asLong() >= position);
    }

    /**
     * Sends a message of Alice, which must get this position, so nothing was stored before it. It must reach Bob's
     * socket first, so nothing was delivered before it. Alice's socket must still be usable.
     */
    void expectNothingBut(long position, SocketClient atAlice, SocketClient atBob) {
        String text = "still here " + UUID.randomUUID();
        JsonNode ack = atAlice.ask(TestUser.message(id, text));
        assertThat(ack.path("type").asString()).as(ack.toString()).isEqualTo("ack");
        assertThat(ack.path("position").asLong()).isEqualTo(position);
        JsonNode entry = atBob.await("entry");
        assertThat(entry.path("position").asLong()).isEqualTo(position);
        assertThat(entry.path("text").asString()).isEqualTo(text);
        assertThat(entriesThrough(position)).hasSize((int) position);
    }

    String messages() {
        return "/conversations/" + id + "/messages";
    }

    static Map<String, Object> body(String text) {
        return Map.of("clientMessageId", UUID.randomUUID().toString(), "text", text);
    }

    /** Sends over REST and returns the position. */
    static long send(TestUser sender, String conversation, String text) {
        return sender.rest
                .post("/conversations/" + conversation + "/messages", body(text))
                .expect(201)
                .path("position")
                .asLong();
    }
}
