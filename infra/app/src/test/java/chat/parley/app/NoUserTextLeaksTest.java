package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Texts of users appear in no log and in no refusal, for successful and failing requests. */
class NoUserTextLeaksTest {
    private static final String MARKER = "zanzibar-umbrella";
    private static final String PASSWORD = "pass-" + MARKER;

    private final ParleyServer server = ParleyServer.shared();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final List<String> refusals = new ArrayList<>();
    private final Map<Logger, @Nullable Level> levelsBefore = new LinkedHashMap<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String thrown =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            logged.add(event.getLoggerName() + " " + event.getFormattedMessage() + thrown);
        }
    };

    @BeforeEach
    void listen() {
        // The most verbose log levels.
        for (Map.Entry<String, Level> level : Map.of("chat.parley", Level.TRACE, "org.axonframework", Level.DEBUG)
                .entrySet()) {
            Logger logger = (Logger) LoggerFactory.getLogger(level.getKey());
            levelsBefore.put(logger, logger.getLevel());
            logger.setLevel(level.getValue());
        }
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        root().detachAppender(appender);
        levelsBefore.forEach(Logger::setLevel);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void logsAndRefusalsDoNotRepeatValuesOfRequests() {
        ApiClient anybody = new ApiClient(server.port(), null);
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser alice = chat.alice();
        String name = MARKER + "-" + alice.username;

        // Successful requests
        anybody.post("/accounts", Map.of("username", name, "password", PASSWORD, "displayName", MARKER))
                .expect(201);
        String token = anybody.post("/sessions", Map.of("username", name, "password", PASSWORD, "device", "d"))
                .expect(200)
                .path("accessToken")
                .asString();
        alice.rest.patch("/users/me", Map.of("displayName", MARKER)).expect(200);
        String group = alice.startGroup(Map.of("title", MARKER), chat.bob());
        alice.rest
                .patch("/conversations/" + group, Map.of("title", MARKER + " renamed"))
                .expect(200);
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = chat.bob().connect()) {
            Map<String, Object> message = TestUser.message(chat.id(), MARKER);
            assertThat(atAlice.ask(message).path("position").asLong()).isEqualTo(2);
            alice.rest
                    .put(chat.messages() + "/2", Map.of("text", MARKER + " edited"))
                    .expect(200);
            assertThat(atBob.awaitEntry("edit").path("text").asString()).contains(MARKER);

            // Failing requests
            Map<String, Object> reused = new HashMap<>(message);
            reused.put("text", MARKER + " changed");
            refused(atAlice, reused);
            refused(atAlice, TestUser.message("no-such-conversation", MARKER));
            refused(atAlice, TestUser.message(chat.id(), MARKER + "\0"));
            refused(atAlice, TestUser.message(chat.id(), MARKER.repeat(10_000)));
            refused(atAlice, Map.of("type", MARKER, "ref", "r1"));
            refused(atAlice, Map.of("type", "authenticate", "ref", "r2", "token", token + MARKER));
            refused(
                    atAlice,
                    Map.of("type", "message.edit", "ref", "r3", "conversation", group, "position", 1, "text", MARKER));
            refused(
                    atAlice,
                    Map.of(
                            "type",
                            "reaction.add",
                            "ref",
                            "r4",
                            "conversation",
                            chat.id(),
                            "position",
                            2,
                            "emoji",
                            MARKER));
            atAlice.sendText("{\"text\":\"" + MARKER + "\",");
            refusals.add(atAlice.await("error").toString());
        }
        refused(anybody.post("/accounts", Map.of("username", name, "password", PASSWORD + "x", "displayName", MARKER)));
        refused(anybody.post(
                "/accounts", Map.of("username", MARKER + " ", "password", PASSWORD, "displayName", MARKER)));
        refused(anybody.post(
                "/accounts", Map.of("username", MARKER, "password", PASSWORD.repeat(99), "displayName", "x")));
        refused(anybody.post("/sessions", Map.of("username", name, "password", PASSWORD + "x", "device", "d")));
        refused(anybody.post("/sessions", Map.of("username", name, "password", List.of(PASSWORD), "device", "d")));
        refused(anybody.send("POST", "/sessions", "{\"password\":\"" + PASSWORD + "\"", "application/json"));
        refused(anybody.post("/sessions/refresh", Map.of("refreshToken", MARKER)));
        refused(new ApiClient(server.port(), token + MARKER).get("/inbox"));
        refused(alice.rest.send("POST", chat.messages(), "{\"text\":\"" + MARKER + "\"", "application/json"));
        refused(alice.rest.send("POST", chat.messages(), "\"" + MARKER + "\"", "application/json"));
        refused(alice.rest.post(chat.messages(), DirectConversationScenario.body(MARKER + "\0")));
        refused(alice.rest.post(chat.messages(), Map.of("clientMessageId", MARKER + "!", "text", MARKER)));
        refused(alice.rest.post("/conversations/nowhere/messages", DirectConversationScenario.body(MARKER)));
        refused(alice.rest.post("/conversations", Map.of("kind", MARKER)));
        refused(alice.rest.post(
                "/conversations", Map.of("kind", "group", "title", MARKER.repeat(20), "members", List.of())));
        refused(alice.rest.get("/sync?cursor=" + MARKER));
        refused(alice.rest.get("/no/such/" + MARKER));
        refused(alice.rest.get("/conversations/" + MARKER + "!/entries"));
        refused(alice.rest.get("/conversations/" + chat.id() + "/entries?limit=" + MARKER));

        assertThat(refusals).noneMatch(body -> body.contains(MARKER));
        assertThat(logged).isNotEmpty();
        assertThat(logged).noneMatch(line -> line.contains(MARKER));
        for (String secret : List.of(
                token, alice.accessToken(), alice.refreshToken(), chat.bob().accessToken())) {
            assertThat(logged).noneMatch(line -> line.contains(secret));
        }
    }

    private void refused(SocketClient socket, Map<String, Object> frame) {
        String answer = socket.ask(frame).toString();
        assertThat(answer).contains("\"type\":\"error\"");
        refusals.add(answer);
    }

    private void refused(ApiClient.Answer answer) {
        assertThat(answer.response().statusCode()).isBetween(400, 499);
        refusals.add(answer.response().body() + answer.response().headers().map());
    }
}
