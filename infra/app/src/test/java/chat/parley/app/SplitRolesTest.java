package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.AskPrivacy;
import chat.parley.api.account.UserId;
import chat.parley.testing.TestZooKeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Nodes of different roles over one PostgreSQL, which has the events. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplitRolesTest {
    private static final String URL = "wss://push.example/ws";

    private final SharedEngines engines = SharedEngines.start();
    private final TestZooKeeper zooKeeper = TestZooKeeper.start();
    private final List<ParleyServer> nodes = new ArrayList<>();
    private ParleyServer push;
    private ParleyServer api;
    private ParleyServer projection;
    private ParleyServer audit;

    @BeforeAll
    void start() {
        projection = node("projection");
        push = node("push,command", "parley.gateway.url=" + URL);
        api = node("api,command");
        audit = node("audit,notify,command");
    }

    private ParleyServer node(String roles, String... more) {
        ParleyServer node = engines.startNode(Stream.concat(
                        Stream.of("parley.roles=" + roles, "parley.discovery.zookeeper=" + zooKeeper.address()),
                        Stream.of(more))
                .toArray(String[]::new));
        nodes.add(node);
        return node;
    }

    @AfterAll
    void stop() {
        nodes.reversed().forEach(ParleyServer::close);
        zooKeeper.close();
        engines.close();
    }

    @Test
    void peopleTalkOverTheNodesOfTheirRoles() {
        TestUser alice = api.newPerson();
        TestUser bob = api.newPerson();
        String group = alice.startGroup(bob);
        try (SocketClient bobAtPush = bob.on(push).connect();
                SocketClient aliceAtPush = alice.on(push).connect()) {
            send(aliceAtPush, group, "hello");
            assertThat(bobAtPush.awaitEntry("message").path("text").asString()).isEqualTo("hello");
            awaitInInbox(bob, "hello");
            assertThat(alice.on(audit)
                            .rest
                            .get("/conversations/" + group + "/entries/2/proof")
                            .response()
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void anotherNodeContinuesTheReadModel() {
        TestUser alice = api.newPerson();
        TestUser bob = api.newPerson();
        String group = alice.startGroup(bob);
        projection.close();
        nodes.remove(projection);
        try (SocketClient aliceAtPush = alice.on(push).open()) {
            projection = node("projection");
            aliceAtPush.send(alice.hello(Map.of()));
            aliceAtPush.await("caught-up");
            send(aliceAtPush, group, "after the change");
            awaitInInbox(bob, "after the change");
        }
    }

    private static void send(SocketClient socket, String conversation, String text) {
        JsonNode answer = socket.ask(TestUser.message(conversation, text));
        assertThat(answer.path("type").asString()).as(answer.toString()).isEqualTo("ack");
    }

    private static void awaitInInbox(TestUser user, String text) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(user.rest.get("/inbox").expect(200).toString())
                                .contains(text));
    }

    @Test
    void onlyPushNodesAreRecommendedAndHoldDevices() {
        Awaitility.await()
                .untilAsserted(() -> assertThat(api.newPerson().webSocketUrl()).isEqualTo(URL));
        TestUser alice = api.newPerson();
        assertThat(alice.rest.get("/gateways").expect(200).path("gateways").valueStream())
                .singleElement()
                .satisfies(gateway -> assertThat(gateway.path("url").asString()).isEqualTo(URL));
        assertThat(engines.leases()).isEqualTo(1);
    }

    @Test
    void whatANodeHasNoRoleForIsNotFound() {
        TestUser alice = api.newPerson();
        for (ParleyServer node : List.of(push, projection)) {
            alice.on(node).rest.get("/inbox").expectProblem(404, "not-found");
            ApiClient anybody = new ApiClient(node.port(), null);
            anybody.get("/inbox").expectProblem(404, "not-found");
            for (String path : List.of("/", "/v3/api-docs", "/asyncapi.yaml", "/transparency/checkpoint")) {
                anybody.get(path).expectProblem(404, "not-found");
            }
        }
        alice.on(audit).rest.get("/inbox").expectProblem(404, "not-found");
        new ApiClient(audit.port(), null)
                .post("/sessions", Map.of("username", "nobody", "password", "none", "device", "none"))
                .expectProblem(404, "not-found");
        for (ParleyServer node : List.of(api, projection, audit)) {
            assertThatThrownBy(() -> alice.on(node).open()).isNotNull();
        }
        for (ParleyServer node : nodes) {
            assertThat(new ApiClient(node.port(), null)
                            .get("/readyz")
                            .expect(200)
                            .path("status")
                            .asString())
                    .isEqualTo("UP");
        }
    }

    @Test
    void aNodeWithoutTheRoleHandlesNoCommands() {
        CommandGateway commands = projection.bean(CommandGateway.class);
        assertThatThrownBy(() -> commands.sendAndWait(new AskPrivacy(new UserId("anybody"))))
                .satisfies(failure -> assertThat(Refused.in(failure)).contains(Refusal.RETRY_LATER));
    }
}
