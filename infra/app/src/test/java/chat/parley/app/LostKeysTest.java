package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.parley.api.process.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server whose events were encrypted under other keys than it has does not start, says why, and writes nothing. */
class LostKeysTest {
    private static final List<String> TABLES = List.of("secrets", "text_keys", "conversation_keys", "epoch");

    private static SharedEngines engines;
    private static JdbcClient rows;
    private static String keyFile;
    private static TestUser.Credentials person;

    @BeforeAll
    static void storeEvents() throws IOException {
        engines = SharedEngines.start();
        rows = JdbcClient.create(engines.postgres().dataSource());
        try (ParleyServer server = engines.startNode()) {
            TestUser ann = server.newPerson();
            DirectConversationScenario.send(ann, ann.startGroup(server.newPerson()), "sealed");
            person = ann.credentials();
        }
        keyFile = Files.readString(engines.keyFile());
        rows.sql("CREATE SCHEMA backup").update();
        TABLES.forEach(table -> rows.sql("CREATE TABLE backup." + table + " AS TABLE vault." + table)
                .update());
    }

    @AfterEach
    void bringBack() throws IOException {
        Files.writeString(engines.keyFile(), keyFile);
        for (String table : TABLES) {
            rows.sql("TRUNCATE vault." + table).update();
            rows.sql("INSERT INTO vault." + table + " SELECT * FROM backup." + table)
                    .update();
        }
    }

    @AfterAll
    static void close() {
        engines.close();
    }

    private static List<String> written() throws IOException {
        List<String> written = new ArrayList<>();
        written.add(Files.exists(engines.keyFile()) ? Files.readString(engines.keyFile()) : "no key file");
        TABLES.forEach(table -> written.addAll(rows.sql("SELECT r::text FROM vault." + table + " r ORDER BY 1")
                .query(String.class)
                .list()));
        return written;
    }

    private static void assertNoStart(String reason) throws IOException {
        List<String> before = written();
        Throwable failed = catchThrowable(() -> engines.startNode().close());
        assertThat(Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
                        .filter(StartupFailure.class::isInstance)
                        .map(Throwable::getMessage))
                .singleElement()
                .asString()
                .contains(reason);
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void aMissingKeyFileIsNamed() throws IOException {
        Files.delete(engines.keyFile());
        assertNoStart(" is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "'', has no key",
        "garbage, is not a name and a key",
        "other AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, lacks"
    })
    void aWrongKeyFileIsNamed(String content, String reason) throws IOException {
        Files.writeString(engines.keyFile(), content);
        assertNoStart(reason);
    }

    @Test
    void anotherKeyUnderTheSameNameIsNamed() throws IOException {
        String name = keyFile.substring(0, keyFile.indexOf(' '));
        Files.writeString(engines.keyFile(), name + " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        assertNoStart("does not decrypt");
    }

    @Test
    void anEmptyVaultIsNotTakenForANewOne() throws IOException {
        TABLES.forEach(table -> rows.sql("TRUNCATE vault." + table).update());
        assertNoStart("has no key of any author");
        Files.delete(engines.keyFile());
        assertNoStart("has no key of any author");
    }

    /** Otherwise every text would read as erased. */
    @Test
    void lostTextKeysAreNotTakenForErasures() throws IOException {
        rows.sql("TRUNCATE vault.text_keys").update();
        assertNoStart("has no key of any author");
    }

    @Test
    void theKeysOfTheseEventsStartIt() {
        try (ParleyServer server = engines.startNode()) {
            assertThat(TestUser.logIn(server.port(), person).id).isNotEmpty();
        }
    }
}
