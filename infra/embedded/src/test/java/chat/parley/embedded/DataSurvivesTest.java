package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.embedded.postgres.PostgresEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

class DataSurvivesTest {

    @TempDir
    Path temp;

    @Test
    void aCleanRestart() {
        try (TestEngines first = TestEngines.start(temp.resolve("data"))) {
            first.sql().sql("CREATE TABLE kept (word text)").update();
            first.sql().sql("INSERT INTO kept VALUES ('안녕')").update();
            first.documents().insertOne(new Document("_id", "one").append("word", "안녕"));
        }

        try (TestEngines second = TestEngines.start(temp.resolve("data"))) {
            assertThat(second.sql()
                            .sql("SELECT word FROM kept")
                            .query(String.class)
                            .single())
                    .isEqualTo("안녕");
            assertThat(second.documents().find(new Document("_id", "one")).first())
                    .containsEntry("word", "안녕");
        }
    }

    @Test
    void whoeverReadsItBesideParleyFindsTheRunningPostgres() throws Exception {
        Path data = temp.resolve("data");
        assertThat(PostgresEngine.existsIn(data)).isFalse();
        assertThat(PostgresEngine.running(data)).isEmpty();

        try (TestEngines engines = TestEngines.start(data)) {
            JdbcConnectionDetails running = PostgresEngine.running(data).orElseThrow();
            assertThat(running.getJdbcUrl()).isEqualTo(engines.jdbc().getJdbcUrl());
            assertThat(running.getPassword()).isEqualTo(engines.jdbc().getPassword());
        }

        assertThat(PostgresEngine.existsIn(data)).isTrue();
        assertThat(PostgresEngine.running(data)).isEmpty();
    }

    @Test
    void inADirectoryThatOnlyItsOwnerMayEnter() throws Exception {
        Path closed = Files.createDirectory(
                temp.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        try (TestEngines engines = TestEngines.start(closed.resolve("deep").resolve("data dir"))) {
            assertThat(engines.sql().sql("SELECT 1").query(Integer.class).single())
                    .isEqualTo(1);
        }

        assertThat(Files.getPosixFilePermissions(closed.resolve("deep").resolve("data dir")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void everyCommitReachesTheDiskBeforeItIsAnswered() {
        try (TestEngines engines = TestEngines.start(temp.resolve("data"))) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"}) {
                assertThat(engines.sql()
                                .sql("SHOW " + setting)
                                .query(String.class)
                                .single())
                        .as(setting)
                        .isEqualTo("on");
            }
        }
    }
}
