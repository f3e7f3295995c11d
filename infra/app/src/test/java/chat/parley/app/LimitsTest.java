package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Limits small enough to be reached in a test; all users log in before the first limit is used up. */
class LimitsTest {
    /** More connections than the other tests need. */
    private static final int MAX_CONNECTIONS = 60;

    private static ParleyServer server;
    private static DirectConversationScenario talkers;
    private static TestUser asker;
    private static TestUser guessed;
    private static TestUser bystander;
    private static DirectConversationScenario shouters;

    @BeforeAll
    static void start() {
        server = ParleyServer.start(
                "parley.limits.rest.failed-logins-per-account=3",
                "parley.limits.rest.failed-logins-per-address=10",
                "parley.limits.rest.failed-login-window=1h",
                "parley.limits.rest.login-patience=0s",
                "parley.limits.rest.requests-per-minute-per-user=60",
                "parley.limits.rest.sign-ups-per-minute-per-address=12",
                "parley.limits.additions.per-hour-and-pair=6",
                "parley.limits.additions.per-hour-and-member=4",
                "parley.limits.socket.messages-per-second=1",
                "parley.limits.socket.errors-per-second=2",
                "parley.limits.socket.waiting-per-address=4",
                "parley.limits.connections.max-per-address=" + MAX_CONNECTIONS,
                // Long, so that the connection limit closes the sockets.
                "parley.push.hello-timeout=5m");
        talkers = DirectConversationScenario.on(server);
        shouters = DirectConversationScenario.on(server);
        asker = server.newPerson();
        guessed = server.newPerson();
        bystander = server.newPerson();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void wrongPasswordsAreLimitedAndKnownSourcesAreNotDelayed() {
        for (int i = 0; i < 3; i++) {
            logIn(guessed.username, "guess " + i).expectProblem(401, "bad-credentials");
        }
        expectRetryLater(logIn(guessed.username.toUpperCase(Locale.ROOT), "guess 4"));
        // From the guesser's address, but from a device that the account knows.
        guessed.onDevice(guessed.device);
        logIn(bystander.username, TestUser.PASSWORD).expect(200);

        ApiClient.Answer answer = logIn("nobody-0", "guess");
        for (int i = 1; i <= 10 && answer.response().statusCode() == 401; i++) {
            answer.expectProblem(401, "bad-credentials");
            answer = logIn("nobody-" + i, "guess");
        }
        expectRetryLater(answer);
        logIn(bystander.username, TestUser.PASSWORD).expect(200);
        guessed.onDevice(guessed.device);
    }

    private static ApiClient.Answer logIn(String username, String password) {
        return new ApiClient(server.port(), null)
                .post("/sessions", Map.of("username", username, "password", password, "device", "guesser"));
    }

    @Test
    void requestsOfOneUserAreCounted() {
        ApiClient.Answer refused = Stream.generate(() -> asker.rest.get("/users/me"))
                .limit(500)
                .filter(answer -> answer.response().statusCode() != 200)
                .findFirst()
                .orElseThrow();
        expectRetryLater(refused);
        bystander.rest.get("/users/me").expect(200);
    }

    @Test
    void signUpsFromOneAddressAreCounted() {
        ApiClient.Answer refused = IntStream.range(0, 100)
                .mapToObj(i -> new ApiClient(server.port(), null)
                        .post(
                                "/accounts",
                                Map.of("username", "one-of-many-" + i, "password", "long enough", "displayName", "x")))
                .filter(answer -> answer.response().statusCode() != 201)
                .findFirst()
                .orElseThrow();
        expectRetryLater(refused);
    }

    private static void expectRetryLater(ApiClient.Answer answer) {
        JsonNode problem = answer.expectProblem(429, "rate-limited");
        assertThat(problem.path("retryAfterMs").asLong()).isPositive();
        assertThat(answer.response().headers().firstValueAsLong("Retry-After").orElse(0))
                .isPositive();
    }

    @Test
    void messagesAboveTheRateAreStoredInOrderAndNoneIsRefused() {
        List<Map<String, Object>> messages = IntStream.range(0, 8)
                .mapToObj(i -> TestUser.message(talkers.id(), "message " + i))
                .toList();
        try (SocketClient atAlice = talkers.alice().connect();
                SocketClient atBob = talkers.bob().connect()) {
            messages.forEach(atAlice::send);
            for (Map<String, Object> message : messages) {
                JsonNode answer = atAlice.await(List.of("ack", "error"));
                assertThat(answer.path("type").asString()).isEqualTo("ack");
                assertThat(answer.path("ref").asString()).isEqualTo(message.get("ref"));
            }
            assertThat(messages.stream()
                            .map(_ -> atBob.awaitEntry("message").path("text").asString()))
                    .containsExactlyElementsOf(messages.stream()
                            .map(message -> String.valueOf(message.get("text")))
                            .toList());
        }
    }

    @Test
    void aClientWithManyErrorsIsDisconnectedAndMayReconnect() {
        try (SocketClient socket = shouters.alice().connect()) {
            try {
                IntStream.range(0, 100).forEach(_ -> socket.sendText("{"));
            } catch (CompletionException cutOffWhileSending) {
                assertThat(socket.awaitClose()).isPositive();
            }
            assertThat(socket.awaitClose()).isEqualTo(4429);
        }
        try (SocketClient atAlice = shouters.alice().connect();
                SocketClient atBob = shouters.bob().connect()) {
            shouters.expectNothingBut(2, atAlice, atBob);
        }
    }

    /** Adding and removing, and new groups, are limited; adding other users is not. */
    @Test
    void repeatedAdditionsToGroupsAreLimited() {
        TestUser adder = shouters.alice();
        TestUser added = shouters.bob();
        String group = adder.startGroup();
        String member = "/conversations/" + group + "/members/";
        for (int i = 0; i < 4; i++) {
            adder.rest.put(member + added.id, Map.of()).expect(200);
            adder.rest.delete(member + added.id).expect(200);
        }
        expectRetryLater(adder.rest.put(member + added.id, Map.of()));
        adder.startGroup(added);
        expectRetryLater(adder.rest.post(
                "/conversations", Map.of("kind", "group", "title", "Again", "members", List.of(added.id))));

        adder.rest.put(member + bystander.id, Map.of()).expect(200);
        bystander
                .rest
                .post("/conversations", Map.of("kind", "group", "title", "Other", "members", List.of(added.id)))
                .expect(201);
    }

    @Test
    void silentSocketsDoNotPreventOtherConnections() {
        List<SocketClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(bystander.open());
            }
            bystander.connect().close();
            assertThat(silent.getFirst().awaitClose()).isEqualTo(4411);
        } finally {
            silent.forEach(SocketClient::close);
        }
    }

    /** Without a trusted proxy, a forwarded address is ignored. */
    @Test
    void forgedAddressesDoNotEvadeTheLimitOfSilentSockets() {
        List<SocketClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(SocketClient.open(
                        server.port(),
                        Map.of("X-Forwarded-For", "203.0.113." + i, "Forwarded", "for=\"[2001:db8:" + i + "::1]\"")));
            }
            assertThat(silent.getFirst().awaitClose()).isEqualTo(4411);
        } finally {
            silent.forEach(SocketClient::close);
        }
    }

    @Test
    void theConnectionsOfOneAddressAreLimited() throws IOException {
        List<java.net.Socket> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * MAX_CONNECTIONS; i++) {
                java.net.Socket connection = RawHttp.connect(server.port());
                connection.setSoTimeout(20);
                connections.add(connection);
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(connections.stream().filter(LimitsTest::isOpen))
                            .hasSizeBetween(1, MAX_CONNECTIONS));
        } finally {
            for (java.net.Socket connection : connections) {
                connection.close();
            }
        }
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> bystander.rest.get("/users/me").expect(200));
    }

    private static boolean isOpen(java.net.Socket connection) {
        try {
            return connection.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException cut) {
            return false;
        }
    }
}
