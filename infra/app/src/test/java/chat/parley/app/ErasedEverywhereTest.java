package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * After an erasure, nothing that the user wrote or was called is in a row, a document, a file or the log output. A store
 * that is forgotten makes this fail.
 */
@ExtendWith(OutputCaptureExtension.class)
class ErasedEverywhereTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final ParleyServer server = ParleyServer.sharedWithSearch();

    /** One word, as an index and its files show it. */
    private static String secret(String of) {
        return of + UUID.randomUUID().toString().replace("-", "");
    }

    @Test
    void nothingTheUserWroteOrWasCalledIsLeft(CapturedOutput output) throws IOException {
        TestUser eve = Admins.holder(server, SystemRole.ANALYST);
        TestUser bob = server.newPerson();
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        String name = secret("name");
        String title = secret("title");
        String said = secret("said");
        String edited = secret("edited");
        String retracted = secret("retracted");
        String sought = secret("sought");
        eve.rest.patch("/users/me", Map.of("displayName", name)).expect(200);
        String group = eve.startGroup(Map.of("title", title), bob);
        long message = DirectConversationScenario.send(eve, group, "one " + said);
        long gone = DirectConversationScenario.send(eve, group, "two " + retracted);
        DirectConversationScenario.send(eve, group, "three " + said);
        try (SocketClient socket = eve.connect()) {
            socket.ask(Map.of(
                    "type", "message.edit", "ref", "e", "conversation", group, "position", message, "text", edited));
            socket.ask(Map.of("type", "message.retract", "ref", "r", "conversation", group, "position", gone));
        }
        eve.rest.put("/search/saved/mine", Map.of("name", sought, "q", sought)).expect(200, 201, 204);
        registerDevice(eve);
        awaitFound(bob, said);
        awaitFound(bob, edited);
        eve.rest.get("/search?scope=all&reason=test&q=" + sought).expect(200);
        assertThat(indexed()).contains(said, edited, retracted);

        auditor.rest
                .post("/audit/erasures", Map.of("user", eve.id, "reason", "asked to"))
                .expect(202);
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> isDroppedByAll(auditor, eve));

        List<String> secrets = List.of(name, title, said, edited, retracted, sought, eve.username);
        assertThat(found(secrets, rows())).as("PostgreSQL").isEmpty();
        assertThat(found(secrets, documents())).as("MongoDB").isEmpty();
        assertThat(found(secrets, indexed())).as("Elasticsearch").isEmpty();
        assertThat(found(secrets, output.getAll())).as("log output").isEmpty();
        assertThat(files(List.of(name, title, said, edited, retracted, sought)))
                .as("files")
                .isEmpty();
        assertThat(rows()).doesNotContain(targetOf(eve));
    }

    private void registerDevice(TestUser person) {
        vault().sql("insert into vault.push_registrations (user_id, device_id, service, target, registered_at)"
                        + " values (?, ?, 'FCM', ?, now() - interval '1 minute')")
                .params(person.id, person.device, targetOf(person))
                .update();
    }

    private static String targetOf(TestUser person) {
        return "target-of-" + person.id;
    }

    private static void awaitFound(TestUser person, String word) {
        Awaitility.await().atMost(LIMIT).until(() -> {
            ApiClient.Answer answer = person.rest.get("/search?q=" + word);
            return answer.response().statusCode() == 200
                    && answer.expect(200).path("hits").size() > 0;
        });
    }

    private static boolean isDroppedByAll(TestUser auditor, TestUser user) {
        JsonNode erasure = auditor.rest
                .get("/audit/erasures/" + user.id + "?reason=progress")
                .expect(200);
        return erasure.path("stores")
                .valueStream()
                .noneMatch(store -> store.path("doneAt").isNull());
    }

    private static List<String> found(List<String> secrets, String in) {
        return secrets.stream()
                .filter(secret -> in.contains(secret) || in.contains(hex(secret)))
                .toList();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private JdbcClient vault() {
        return JdbcClient.create(server.bean(DataSource.class));
    }

    /** Every row of every table; bytes are in hexadecimal. */
    private String rows() {
        StringBuilder rows = new StringBuilder();
        List<String> tables = vault().sql("select format('%I.%I', schemaname, tablename) from pg_tables"
                        + " where schemaname not in ('pg_catalog', 'information_schema')")
                .query(String.class)
                .list();
        assertThat(tables).hasSizeGreaterThan(10);
        for (String table : tables) {
            vault().sql("select each::text from " + table + " each")
                    .query(String.class)
                    .list()
                    .forEach(row -> rows.append(row).append('\n'));
        }
        return rows.toString();
    }

    private String documents() {
        StringBuilder documents = new StringBuilder();
        MongoDatabase database = server.bean(MongoDatabaseFactory.class).getMongoDatabase();
        for (String collection : database.listCollectionNames()) {
            for (Document document : database.getCollection(collection).find().batchSize(1_000)) {
                documents.append(document.toJson()).append('\n');
            }
        }
        assertThat(documents).isNotEmpty();
        return documents.toString();
    }

    private String indexed() throws IOException {
        ElasticsearchClient client = server.bean(ElasticsearchClient.class);
        client.indices().refresh(refresh -> refresh.index("parley-*"));
        return client.search(search -> search.index("parley-*").size(10_000), JsonNode.class)
                .hits()
                .hits()
                .toString();
    }

    private List<Path> files(List<String> secrets) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(server.dataDir())) {
            files.filter(file -> contains(file, secrets)).forEach(found::add);
        }
        return found;
    }

    private static boolean contains(Path file, List<String> secrets) {
        try {
            if (!Files.isRegularFile(file)) {
                return false;
            }
            // One character per byte.
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return secrets.stream().anyMatch(content::contains);
        } catch (NoSuchFileException removed) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
