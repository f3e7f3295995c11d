package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.port.EventFeed;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The people and conversations of {@code parley.demo=true}, over the starts of one data directory. */
class DemonstrationTest {
    private static final String LAUNCH = "Autumn launch 🚀";

    @TempDir
    Path dataDir;

    @Test
    void isToldOnceToAnEmptyStoreAndOfferedToThisMachine() throws IOException {
        List<String> told;
        JsonNode minji;
        try (ParleyServer server = start()) {
            minji = person(server, "minji");
            told = entries(server, minji);
            assertThat(told).hasSizeGreaterThan(20);
            assertThat(String.join("\n", told)).contains("15:00", "동의합니다", "retracted", "\"edited\"", "reaction");
            as(server, person(server, "demo-auditor"))
                    .get("/audit/retention?reason=demo")
                    .expect(200);
            anotherSiteLearnsNoPassword(server);
        }

        asIfKilledAtTheEnd();
        try (ParleyServer server = start()) {
            assertThat(person(server, "minji")).isEqualTo(minji);
            assertThat(entries(server, minji)).isEqualTo(told);
        }

        Files.delete(dataDir.resolve("demo.json"));
        try (ParleyServer server = start()) {
            assertThat(offered(server)).as("A store with data").isEmpty();
        }
    }

    @Test
    void isNotThereUnlessAskedFor() {
        assertThat(offered(ParleyServer.shared())).isEmpty();
    }

    private ParleyServer start() {
        return ParleyServer.startOn(dataDir, "parley.demo=true");
    }

    /** The whole story is told again, because no note says that it is complete. */
    private void asIfKilledAtTheEnd() throws IOException {
        Path file = dataDir.resolve("demo.json");
        Files.writeString(file, Files.readString(file).replace("true", "false"));
    }

    /** The name of such a site leads to this machine, so the browser sends its requests here. */
    private static void anotherSiteLearnsNoPassword(ParleyServer server) {
        RawHttp.Answer answer = RawHttp.exchange(
                server.port(),
                RawHttp.bytes(
                        "GET /api/v1/login-options HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(ApiClient.JSON.readTree(answer.body()).get("demo")).isEmpty();
    }

    static JsonNode offered(ParleyServer server) {
        return new ApiClient(server.port(), null)
                .get("/login-options")
                .expect(200)
                .get("demo");
    }

    private static JsonNode person(ParleyServer server, String username) {
        return having(offered(server), "username", username);
    }

    private static JsonNode having(JsonNode list, String field, String value) {
        return list.valueStream()
                .filter(each -> each.path(field).asString("").equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static ApiClient as(ParleyServer server, JsonNode person) {
        Map<String, String> login = Map.of(
                "username", person.get("username").asString(),
                "password", person.get("password").asString(),
                "device", "test");
        JsonNode tokens =
                new ApiClient(server.port(), null).post("/sessions", login).expect(200);
        return new ApiClient(server.port(), tokens.get("accessToken").asString());
    }

    /** All that the person reads in the group of the launch. */
    private static List<String> entries(ParleyServer server, JsonNode person) {
        ApiClient rest = as(server, person);
        GenerationSupervisor<?> readModels = server.bean(GenerationSupervisor.class);
        await().until(() ->
                readModels.served().position() >= server.bean(EventFeed.class).head());
        JsonNode group = having(rest.get("/inbox").expect(200).get("conversations"), "title", LAUNCH);
        Stream<JsonNode> entries = rest.get("/conversations/" + group.get("id").asString() + "/entries?limit=200")
                .expect(200)
                .get("entries")
                .valueStream();
        return entries.map(JsonNode::toString).toList();
    }
}
