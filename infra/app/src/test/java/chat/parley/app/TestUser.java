package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A user with one device, as a client of the public protocol. */
final class TestUser {
    private static final AtomicInteger COUNT = new AtomicInteger();
    static final String PASSWORD = "correct horse battery";

    public final String id;
    public final String username;
    final String device;
    final ApiClient rest;
    private final JsonNode login;

    private TestUser(ApiClient server, String username, String device) {
        this(
                server,
                username,
                device,
                server.post("/sessions", Map.of("username", username, "password", PASSWORD, "device", device))
                        .expect(200));
    }

    private TestUser(ApiClient server, String username, String device, JsonNode login) {
        this.username = username;
        this.device = device;
        this.login = login;
        this.id = login.path("user").path("id").asString();
        this.rest = server.with(accessToken());
    }

    /** The credentials for another login on any server with the same data. */
    record Credentials(String username, String device) {}

    Credentials credentials() {
        return new Credentials(username, device);
    }

    static TestUser logIn(int port, Credentials credentials) {
        return new TestUser(new ApiClient(port, null), credentials.username(), credentials.device());
    }

    static TestUser signUp(int port) {
        return signUp(new ApiClient(port, null));
    }

    static TestUser signUp(ApiClient server) {
        String username = "person" + COUNT.incrementAndGet() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        JsonNode account = server.post(
                        "/accounts", Map.of("username", username, "password", PASSWORD, "displayName", "Person"))
                .expect(201);
        assertThat(account.get("username").asString()).isEqualTo(username);
        return new TestUser(server, username, "first-device");
    }

    /** The same login on another server with the same data. */
    TestUser on(ParleyServer other) {
        return on(other.port());
    }

    TestUser on(int port) {
        return new TestUser(new ApiClient(port, null), username, device, login);
    }

    /** The same user on another device. */
    TestUser onDevice(String otherDevice) {
        return new TestUser(rest.with(null), username, otherDevice);
    }

    /** The WebSocket that the login recommends. */
    String webSocketUrl() {
        return login.get("webSocketUrl").asString();
    }

    String accessToken() {
        return login.get("accessToken").asString();
    }

    String refreshToken() {
        return login.get("refreshToken").asString();
    }

    /** A socket after hello and caught-up, without a backlog. */
    SocketClient connect() {
        SocketClient socket = open();
        socket.send(hello(Map.of()));
        socket.await("welcome");
        socket.await("caught-up");
        return socket;
    }

    /** A socket that resumes after this cursor; its backlog is not read yet. */
    SocketClient resume(String cursor) {
        SocketClient socket = open();
        socket.send(hello(Map.of("cursor", cursor)));
        socket.await("welcome");
        return socket;
    }

    /** A socket before hello. */
    SocketClient open() {
        return rest.openSocket();
    }

    Map<String, Object> hello(Map<String, Object> more) {
        Map<String, Object> hello = new HashMap<>(Map.of("type", "hello", "token", accessToken(), "device", device));
        hello.putAll(more);
        return hello;
    }

    String startDirect(TestUser other) {
        return rest.post("/conversations", Map.of("kind", "direct", "with", other.id))
                .expect(200, 201)
                .get("id")
                .asString();
    }

    String startGroup(TestUser... members) {
        return startGroup(Map.of(), members);
    }

    String startGroup(Map<String, Object> more, TestUser... members) {
        Map<String, Object> group = new HashMap<>(Map.of(
                "kind",
                "group",
                "title",
                "A group",
                "members",
                List.of(members).stream().map(member -> member.id).toList()));
        group.putAll(more);
        return rest.post("/conversations", group).expect(201).get("id").asString();
    }

    static Map<String, Object> message(String conversation, String text) {
        return Map.of(
                "type",
                "message.send",
                "ref",
                UUID.randomUUID().toString(),
                "conversation",
                conversation,
                "clientMessageId",
                UUID.randomUUID().toString(),
                "text",
                text);
    }
}
