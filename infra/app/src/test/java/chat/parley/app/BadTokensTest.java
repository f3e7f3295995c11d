package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BadTokensTest {
    private final ParleyServer server = ParleyServer.shared();

    @Test
    void areRefusedByRestAndTheSocket() throws Exception {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String real = alice.accessToken();
        int signature = real.lastIndexOf('.');
        String bobs = bob.accessToken();
        Map<String, String> invalid = new LinkedHashMap<>();
        invalid.put("no token at all", "garbage");
        invalid.put("three parts of nothing", "a.b.c");
        invalid.put(
                "cut off", alice.accessToken().substring(0, alice.accessToken().length() - 4));
        invalid.put("somebody else's claims", bobs.substring(0, bobs.lastIndexOf('.')) + real.substring(signature));
        invalid.put("made up", forged(alice).ofAnotherSecret());
        invalid.put("alg none", forged(alice).unsigned());
        invalid.put("alg none with a signature", forged(alice).unsigned() + real.substring(signature + 1));
        invalid.put("RS256", forged(alice).rs256());
        invalid.put("HS512 with the real secret", forged(alice).hs512());
        invalid.put("without an end", forged(alice).without("exp").genuine());
        invalid.put("without a user", forged(alice).without("sub").genuine());
        invalid.put("without a session", forged(alice).without("sid").genuine());

        invalid.forEach((what, token) -> expectRefused(alice, token, "token-invalid"));
        expectRefused(
                alice, forged(alice).expiringAt(Instant.now().minusSeconds(1)).genuine(), "token-expired");

        alice.rest.get("/inbox").expect(200);
    }

    private ForgedToken forged(TestUser person) throws ParseException {
        return ForgedToken.of(server, person);
    }

    private void expectRefused(TestUser alice, String token, String code) {
        new ApiClient(server.port(), token).get("/inbox").expectProblem(401, code);
        new ApiClient(server.port(), token)
                .post("/conversations", Map.of("kind", "group", "title", "Not stored", "members", List.of()))
                .expectProblem(401, code);
        try (SocketClient socket = alice.open()) {
            socket.send(alice.hello(Map.of("token", token)));
            socket.expectError(code);
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void aMissingTokenIsRefused() throws Exception {
        ApiClient nobody = new ApiClient(server.port(), null);
        nobody.get("/inbox").expectProblem(401, "unauthenticated");
        nobody.get("/no/such/path").expectProblem(401, "unauthenticated");
        nobody.post("/conversations", Map.of()).expectProblem(401, "unauthenticated");
    }

    @Test
    void aRefreshTokenIsNoAccessTokenAndViceVersa() throws Exception {
        TestUser alice = server.newPerson();
        expectRefused(alice, alice.refreshToken(), "token-invalid");
        ApiClient anybody = new ApiClient(server.port(), null);
        for (String token : List.of(alice.accessToken(), "", "garbage", alice.refreshToken() + "x")) {
            anybody.post("/sessions/refresh", Map.of("refreshToken", token)).expectProblem(401, "token-invalid");
        }
        anybody.post("/sessions/refresh", Map.of("refreshToken", alice.refreshToken()))
                .expect(200);
    }

    @Test
    void aRefreshTokenThatIsUsedAgainEndsTheSession() throws Exception {
        TestUser alice = server.newPerson();
        ApiClient anybody = new ApiClient(server.port(), null);
        String next = refreshed(anybody, alice.refreshToken());
        assertThat(refreshed(anybody, alice.refreshToken()))
                .as("Another tab, or a retry after a lost answer")
                .isEqualTo(next);
        String newest = refreshed(anybody, next);
        try (SocketClient socket = alice.connect()) {
            anybody.post("/sessions/refresh", Map.of("refreshToken", alice.refreshToken()))
                    .expectProblem(401, "token-invalid");
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
        anybody.post("/sessions/refresh", Map.of("refreshToken", newest)).expectProblem(401, "token-invalid");
        alice.rest.get("/inbox").expectProblem(401, "token-invalid");
    }

    private static String refreshed(ApiClient anybody, String token) {
        return anybody.post("/sessions/refresh", Map.of("refreshToken", token))
                .expect(200)
                .path("refreshToken")
                .asString();
    }

    @Test
    void aTokenOfAnotherDeviceIsRefused() throws Exception {
        TestUser alice = server.newPerson();
        try (SocketClient socket = alice.open()) {
            socket.send(alice.hello(Map.of("device", "another-device")));
            socket.expectError("forbidden");
            assertThat(socket.awaitClose()).isEqualTo(4403);
        }
    }

    @Test
    void aBadTokenInAuthenticateDoesNotChangeTheSocket() throws Exception {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            assertThat(authenticate(atAlice, forged(chat.alice()).unsigned())).isEqualTo("token-invalid");
            assertThat(authenticate(
                            atAlice,
                            forged(chat.alice())
                                    .expiringAt(Instant.now().minusSeconds(1))
                                    .genuine()))
                    .isEqualTo("token-expired");
            assertThat(authenticate(atAlice, chat.bob().accessToken())).isEqualTo("forbidden");
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void aSocketEndsWithItsTokenUnlessTheClientSendsANewOne() throws Exception {
        TestUser alice = server.newPerson();
        TestUser tablet = alice.onDevice("tablet");
        Instant soon = Instant.now().plus(Duration.ofSeconds(8));
        try (SocketClient renewed = alice.open();
                SocketClient forgotten = tablet.open()) {
            Map<String, Object> hello = new HashMap<>(alice.hello(Map.of()));
            hello.put("token", forged(alice).expiringAt(soon).genuine());
            renewed.send(hello);
            renewed.await("caught-up");
            forgotten.send(
                    tablet.hello(Map.of("token", forged(tablet).expiringAt(soon).genuine())));
            forgotten.await("caught-up");
            assertThat(authenticate(renewed, alice.accessToken())).isEmpty();

            forgotten.expectError("token-expired");
            assertThat(forgotten.awaitClose()).isEqualTo(4401);

            assertThat(renewed.ask(Map.of("type", "heartbeat", "ref", "alive"))
                            .path("type")
                            .asString())
                    .isEqualTo("ack");
        }
    }

    private static String authenticate(SocketClient socket, String token) {
        return socket.ask(
                        Map.of("type", "authenticate", "ref", UUID.randomUUID().toString(), "token", token))
                .path("code")
                .asString("");
    }
}
