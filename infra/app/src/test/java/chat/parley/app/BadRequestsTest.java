package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.KeyedHash;
import chat.parley.wire.CursorCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BadRequestsTest {
    private static final int OVER_THE_LIMIT = 1_500_001;

    private final ParleyServer server = ParleyServer.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=201",
                "limit=100000",
                "limit=99999999999999999999",
                "limit=many",
                "after=-1",
                "after=x",
                "before=0",
                "before=-1",
                "around=0",
                "around=-9223372036854775808",
                "around=9223372036854775808",
                "minPosition=-1",
                "after=1&before=3",
                "after=1&around=1",
                "before=3&around=1",
                "after=1&before=3&around=2"
            })
    void entriesOutOfRangeAreRefused(String query) {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        chat.alice()
                .rest
                .get("/conversations/" + chat.id() + "/entries?" + query)
                .expectProblem(400, "invalid-parameter");
        assertThat(chat.entriesThrough(1)).hasSize(1);
    }

    @Test
    void positionsBeyondTheHeadGetAnEmptyAnswer() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        for (String query : List.of("after=" + Long.MAX_VALUE, "after=1", "before=1")) {
            JsonNode answer = chat.alice()
                    .rest
                    .get("/conversations/" + chat.id() + "/entries?" + query)
                    .expect(200);
            assertThat(answer.path("entries")).as(query).isEmpty();
            assertThat(answer.path("head").asLong()).as(query).isEqualTo(1);
        }
        assertThat(chat.alice()
                        .rest
                        .get("/conversations/" + chat.id() + "/entries?around=" + Long.MAX_VALUE)
                        .expect(200)
                        .path("entries"))
                .hasSize(1);
        assertThat(chat.alice()
                        .rest
                        .get("/conversations/" + chat.id() + "/entries?before=" + Long.MAX_VALUE)
                        .expect(200)
                        .path("entries"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/inbox?limit=0",
                "/inbox?limit=201",
                "/inbox?limit=x",
                "/users?query=",
                "/users",
                "/users?ids=",
                "/users?query=a&ids=b",
                "/users?query=a&limit=0",
                "/users?query=a&limit=100000",
                "/sync?wait=-1",
                "/sync?wait=31",
                "/sync?wait=x"
            })
    void listsOutOfRangeAreRefused(String path) {
        server.newPerson().rest.get(path).expectProblem(400, "invalid-parameter");
    }

    @Test
    void foreignCursorsAreRefused() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        String cursor =
                chat.alice().rest.get("/sync").expect(200).path("cursor").asString();
        char changed = cursor.charAt(5) == 'A' ? 'B' : 'A';
        for (String bad : List.of(
                "made-up",
                "x".repeat(300),
                cursor.substring(0, cursor.length() - 1),
                cursor.substring(1),
                cursor + "A",
                cursor.substring(0, 5) + changed + cursor.substring(6))) {
            chat.alice().rest.get("/sync?cursor=" + bad).expectProblem(400, "cursor-invalid");
            try (SocketClient socket = chat.alice().open()) {
                socket.send(chat.alice().hello(Map.of("cursor", bad)));
                socket.expectError("cursor-invalid");
                // A later valid hello succeeds.
                socket.send(chat.alice().hello(Map.of()));
                socket.await("caught-up");
            }
        }
        chat.alice().rest.get("/sync?cursor=").expectProblem(400, "cursor-invalid");
        chat.alice().rest.get("/inbox?next=made-up").expectProblem(400, "cursor-invalid");
        chat.alice().rest.get("/sync?cursor=" + cursor).expect(200);
    }

    @Test
    void aCursorOfAnotherEpochIsRecognisedAndNeverMisread() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        DirectConversationScenario.send(chat.alice(), chat.id(), "missed?");
        String cursor = new CursorCodec(server.bean(KeyedHash.class), new Epoch("another-epoch")).encode(0);

        chat.alice().rest.get("/sync?cursor=" + cursor).expectProblem(410, "cursor-expired");
        try (SocketClient socket = chat.bob().open()) {
            socket.send(chat.bob().hello(Map.of("cursor", cursor)));
            socket.await("welcome");
            assertThat(socket.await("state").path("resync").asBoolean()).isTrue();
            assertThat(socket.entriesUntilCaughtUp()).isEmpty();
            DirectConversationScenario.send(chat.alice(), chat.id(), "live");
            assertThat(socket.awaitEntry("message").path("text").asString()).isEqualTo("live");
        }
    }

    @Test
    void unknownPathsAndMethodsAreRefusedWithACode() {
        ApiClient rest = server.newPerson().rest;
        rest.get("/no/such/path").expectProblem(404, "not-found");
        rest.post("/conversations/x/y/z", Map.of()).expectProblem(404, "not-found");
        ApiClient.Answer answer = rest.delete("/inbox");
        answer.expectProblem(405, "method-not-allowed");
        assertThat(answer.response().headers().firstValue("Allow")).contains("GET");
        rest.put("/conversations", Map.of()).expectProblem(405, "method-not-allowed");
        rest.get("/accounts").expectProblem(405, "method-not-allowed");
    }

    @Test
    void ambiguousPathsAreRefused() {
        ApiClient rest = server.newPerson().rest;
        for (String path : List.of("/conversations/a%2fb", "/users/..%2fme", "/users/%00")) {
            JsonNode problem = rest.get(path).expect(400);
            assertThat(problem.path("code").asString()).as(path).isIn("invalid-parameter", "invalid-id");
        }
    }

    @Test
    void malformedJsonIsRefused() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        ApiClient rest = chat.alice().rest;
        for (String body : List.of("{", "", "hello", "[]", "null", "{\"clientMessageId\":{}}", "{\"text\":[]}")) {
            JsonNode problem =
                    rest.send("POST", chat.messages(), body, "application/json").expect(400);
            assertThat(problem.path("code").asString()).as(body).isIn("malformed-json", "invalid-parameter");
        }
        rest.send("POST", chat.messages(), "{", "application/json").expectProblem(400, "malformed-json");
        String message = ApiClient.JSON.writeValueAsString(DirectConversationScenario.body("text"));
        rest.send("POST", chat.messages(), message, "text/plain").expectProblem(415, "unsupported-media-type");
        rest.send("POST", chat.messages(), message, "no media type").expectProblem(415, "unsupported-media-type");
        assertThat(chat.entriesThrough(1)).hasSize(1);
    }

    @Test
    void bodiesOverTheLimitAreRefused() throws IOException, InterruptedException {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        String body = ApiClient.JSON.writeValueAsString(DirectConversationScenario.body("x".repeat(OVER_THE_LIMIT)));

        chat.alice()
                .rest
                .send("POST", chat.messages(), body, "application/json")
                .expectProblem(413, "payload-too-large");

        HttpRequest ofUnknownLength = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.port() + "/api/v1" + chat.messages()))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + chat.alice().accessToken())
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> response = client.send(ofUnknownLength, HttpResponse.BodyHandlers.ofString());
            new ApiClient.Answer(response).expectProblem(413, "payload-too-large");
        }
        assertThat(chat.entriesThrough(1)).hasSize(1);
    }

    @Test
    void aMessageIdOfAnotherMessageIsRefused() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        Map<String, Object> first = DirectConversationScenario.body("first");
        chat.alice().rest.post(chat.messages(), first).expect(201);
        Map<String, Object> other = Map.of("clientMessageId", first.get("clientMessageId"), "text", "other");
        chat.alice().rest.post(chat.messages(), other).expectProblem(409, "client-message-id-reused");
        // The same id from another sender is another message.
        chat.bob().rest.post(chat.messages(), other).expect(201);
        chat.alice().rest.post(chat.messages(), first).expect(201);
        assertThat(chat.entriesThrough(3)).hasSize(3);
    }

    @Test
    void onlyMembersAreMentioned() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser stranger = server.newPerson();
        chat.alice()
                .rest
                .post(chat.messages(), Map.of("clientMessageId", "m", "text", "hi", "mentions", List.of(stranger.id)))
                .expectProblem(400, "mentions-invalid");
        assertThat(chat.entriesThrough(1)).hasSize(1);
    }
}
