package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A client that does not wait for acks has its messages stored once and in order. */
class ManyInFlightTest {
    private static final int MANY = 500;

    private final ParleyServer server = ParleyServer.shared();

    @Test
    void fiveHundredSentWithoutWaitingKeepTheirOrder() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        List<Map<String, Object>> messages = IntStream.range(0, MANY)
                .mapToObj(i -> TestUser.message(chat.id(), "message " + i))
                .toList();
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            messages.forEach(atAlice::send);

            expectInOrder(chat.id(), messages, atBob);
            assertThat(positions(messages, atAlice))
                    .isEqualTo(LongStream.rangeClosed(2, MANY + 1).boxed().toList());
        }
    }

    @Test
    void messagesSentTwiceWithoutWaitingAreStoredOnce() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            Map<String, Object> message = TestUser.message(chat.id(), "once");
            List<Map<String, Object>> same = IntStream.range(0, 40)
                    .mapToObj(i -> {
                        Map<String, Object> retry = new HashMap<>(message);
                        retry.put("ref", "try " + i);
                        return retry;
                    })
                    .toList();
            same.forEach(atAlice::send);
            assertThat(positions(same, atAlice)).containsOnly(2L);
            assertThat(atBob.awaitEntry("message").path("position").asLong()).isEqualTo(2);
            chat.expectNothingBut(3, atAlice, atBob);
        }
    }

    /** Several users send to several conversations at once, each on one socket in random order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everySenderKeepsTheirOrderInEveryConversation(long seed) throws ExecutionException, InterruptedException {
        List<TestUser> people =
                IntStream.range(0, 3).mapToObj(_ -> server.newPerson()).toList();
        List<String> groups = IntStream.range(0, 3)
                .mapToObj(_ -> people.getFirst().startGroup(people.get(1), people.get(2)))
                .toList();
        List<Future<List<Map<String, Object>>>> sending = new ArrayList<>();
        try (SocketClient reader = people.getFirst().onDevice("reader").connect();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < people.size(); i++) {
                TestUser person = people.get(i);
                RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed * people.size() + i);
                sending.add(executor.submit(() -> sendAtRandom(person, groups, random)));
            }
            List<List<Map<String, Object>>> sent = new ArrayList<>();
            for (Future<List<Map<String, Object>>> all : sending) {
                sent.add(all.get());
            }
            int total = sent.stream().mapToInt(List::size).sum();
            List<JsonNode> seen = IntStream.range(0, total)
                    .mapToObj(_ -> reader.awaitEntry("message"))
                    .toList();
            for (String group : groups) {
                List<JsonNode> there = seen.stream()
                        .filter(entry -> entry.path("conversation").asString().equals(group))
                        .toList();
                assertThat(there.stream().map(entry -> entry.path("position").asLong()))
                        .containsExactlyElementsOf(LongStream.rangeClosed(2, there.size() + 1)
                                .boxed()
                                .toList());
                for (int i = 0; i < people.size(); i++) {
                    String sender = people.get(i).id;
                    assertThat(there.stream()
                                    .filter(entry ->
                                            entry.path("sender").asString().equals(sender))
                                    .map(entry -> entry.path("text").asString()))
                            .containsExactlyElementsOf(sent.get(i).stream()
                                    .filter(message -> group.equals(message.get("conversation")))
                                    .map(message -> String.valueOf(message.get("text")))
                                    .toList());
                }
            }
        }
    }

    private static List<Map<String, Object>> sendAtRandom(
            TestUser person, List<String> groups, RandomGenerator random) {
        List<Map<String, Object>> messages = IntStream.range(0, 150)
                .mapToObj(i -> TestUser.message(groups.get(random.nextInt(groups.size())), person.username + " " + i))
                .toList();
        try (SocketClient socket = person.connect()) {
            messages.forEach(socket::send);
            positions(messages, socket);
        }
        return messages;
    }

    private static List<Long> positions(List<Map<String, Object>> messages, SocketClient socket) {
        Map<String, JsonNode> answers = new HashMap<>();
        while (answers.size() < messages.size()) {
            JsonNode ack = socket.await("ack");
            answers.put(ack.path("ref").asString(), ack);
        }
        return messages.stream()
                .map(message -> answers.get(String.valueOf(message.get("ref"))))
                .map(ack -> ack == null ? -1 : ack.path("position").asLong())
                .toList();
    }

    private static void expectInOrder(String conversation, List<Map<String, Object>> messages, SocketClient reader) {
        for (int i = 0; i < messages.size(); i++) {
            JsonNode entry = reader.awaitEntry("message");
            assertThat(entry.path("conversation").asString()).isEqualTo(conversation);
            assertThat(entry.path("position").asLong()).isEqualTo(i + 2);
            assertThat(entry.path("text").asString()).isEqualTo(messages.get(i).get("text"));
        }
    }
}
